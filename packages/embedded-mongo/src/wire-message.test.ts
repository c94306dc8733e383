import { once } from "node:events";
import { type Socket, connect } from "node:net";

import { type Document, deserialize, serialize } from "bson";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { type EmbeddedMongo, startEmbeddedMongo } from "./embedded-mongo.ts";

describe("the wire protocol", () => {
  let server: EmbeddedMongo;

  beforeAll(async () => {
    server = await startEmbeddedMongo();
  });

  afterAll(() => server.close());

  async function open(): Promise<Socket> {
    const socket = connect(server.port, "127.0.0.1");
    await once(socket, "connect");
    return socket;
  }

  async function receive(socket: Socket): Promise<Buffer> {
    let received = Buffer.alloc(0);
    while (received.length < 16 || received.length < received.readInt32LE(0)) {
      const [chunk] = (await once(socket, "data")) as [Buffer];
      received = Buffer.concat([received, chunk]);
    }
    return received;
  }

  function message(opCode: number, ...parts: Uint8Array[]): Buffer {
    const header = Buffer.alloc(16);
    header.writeInt32LE(16 + parts.reduce((sum, part) => sum + part.length, 0), 0);
    header.writeInt32LE(7, 4);
    header.writeInt32LE(opCode, 12);
    return Buffer.concat([header, ...parts]);
  }

  function opMsg(flags: number, ...sections: Uint8Array[]): Buffer {
    const bits = Buffer.alloc(4);
    bits.writeUInt32LE(flags);
    return message(2013, bits, ...sections);
  }

  const body = (command: Document): Buffer => Buffer.concat([Buffer.from([0]), serialize(command)]);

  function sequence(name: string, ...documents: Document[]): Buffer {
    const content = Buffer.concat([
      Buffer.from(`${name}\0`),
      ...documents.map((document) => serialize(document)),
    ]);
    const size = Buffer.alloc(4);
    size.writeInt32LE(content.length + 4);
    return Buffer.concat([Buffer.from([1]), size, content]);
  }

  test("answers the old handshake with OP_REPLY", async () => {
    const socket = await open();
    const fixed = Buffer.concat([Buffer.alloc(4), Buffer.from("admin.$cmd\0"), Buffer.alloc(8)]);
    socket.write(message(2004, fixed, serialize({ ismaster: 1, helloOk: true })));
    const reply = await receive(socket);
    expect(reply.readInt32LE(12)).toBe(1);
    expect(reply.readInt32LE(8)).toBe(7);
    const answer = deserialize(reply.subarray(36));
    expect(answer).toMatchObject({
      ismaster: true,
      ok: 1,
      maxWireVersion: 21,
      maxBsonObjectSize: 16_777_216,
    });
    expect(answer).not.toHaveProperty("setName");
    socket.destroy();
  });

  test("takes document sequences, a checksum, silence, and messages in pieces", async () => {
    const socket = await open();
    const silent = opMsg(
      2,
      body({ insert: "pieces", $db: "wire" }),
      sequence("documents", { _id: 1 }, { _id: 2 }),
    );
    const checked = opMsg(1, body({ count: "pieces", $db: "wire" }), Buffer.alloc(4));
    const both = Buffer.concat([silent, checked]);
    for (let offset = 0; offset < both.length; offset += 9)
      socket.write(both.subarray(offset, offset + 9));
    const reply = await receive(socket);
    expect(deserialize(reply.subarray(21))).toEqual({ n: 2, ok: 1 });
    socket.destroy();
  });

  test("answers invalid BSON with code 22", async () => {
    const socket = await open();
    const broken = Buffer.from(serialize({ ping: "x", $db: "wire" }));
    broken[4] = 99;
    socket.write(opMsg(0, Buffer.concat([Buffer.from([0]), broken])));
    expect(deserialize((await receive(socket)).subarray(21))).toMatchObject({
      ok: 0,
      code: 22,
      codeName: "InvalidBSON",
    });
    socket.destroy();
  });

  test.each([
    ["an unknown op code", (): Buffer => message(1, Buffer.alloc(4))],
    ["unknown required flags", (): Buffer => opMsg(1 << 5, body({ ping: 1, $db: "admin" }))],
    ["a section beyond the end", (): Buffer => opMsg(0, Buffer.from([0, 99, 0, 0, 0, 0]))],
    [
      "a length that is too large",
      (): Buffer => Buffer.from([0, 0, 0, 0x7f, ...Array<number>(12).fill(0)]),
    ],
  ])("closes the connection at %s", async (_, broken) => {
    const socket = await open();
    socket.write(broken());
    socket.resume();
    await once(socket, "close");
    const next = await open();
    next.write(opMsg(0, body({ ping: 1, $db: "admin" })));
    expect(deserialize((await receive(next)).subarray(21))).toEqual({ ok: 1 });
    next.destroy();
  });
});
