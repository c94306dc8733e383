import { execFile } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { promisify } from "node:util";

import { type Document, MongoClient } from "mongodb";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";

import { COMMANDS } from "./command-table.ts";
import { type EmbeddedMongo, startEmbeddedMongo } from "./embedded-mongo.ts";
import { beginScram } from "./scram-conversation.ts";
import { credentialBook } from "./scram-credential.ts";

const credentials = { username: "call,log=1", password: "p@ss w/rd?" };
const RIGHT = { ...credentials, source: "admin", options: "" };
type SignIn = Partial<typeof RIGHT>;

const OPEN_COMMANDS = ["hello", "isMaster", "ismaster", "ping", "buildInfo"];
const SIGN_IN_COMMANDS = ["saslStart", "saslContinue"];

describe("a server with credentials", () => {
  let server: EmbeddedMongo;
  let stranger: MongoClient;

  beforeAll(async () => {
    server = await startEmbeddedMongo({ credentials });
    stranger = new MongoClient(`mongodb://127.0.0.1:${server.port}/?directConnection=true`);
  });
  afterAll(async () => {
    await stranger.close();
    await server.close();
  });

  const signIn = async (parts: SignIn = {}): Promise<Document> => {
    const { username, password, source, options } = { ...RIGHT, ...parts };
    const user = [username, password].map(encodeURIComponent).join(":");
    const address = `127.0.0.1:${server.port}/?directConnection=true`;
    const client = new MongoClient(`mongodb://${user}@${address}&authSource=${source}${options}`);
    onTestFinished(() => client.close());
    return client.db("a").command({ count: "things" });
  };

  test.each(["", "&authMechanism=SCRAM-SHA-256"])(
    "lets the driver in with them %s",
    async (options) => {
      expect(await signIn({ options })).toMatchObject({ ok: 1 });
    },
  );

  test("has them in its address", async () => {
    const client = new MongoClient(server.uri);
    onTestFinished(() => client.close());
    await client.db("a").collection("things").insertOne({ a: 1 });
    expect(await client.db("a").collection("things").countDocuments()).toBe(1);
  });

  test.each([
    ["a wrong password", { password: "wrong" }, 18],
    ["an unknown user", { username: "nobody" }, 18],
    ["another mechanism", { options: "&authMechanism=SCRAM-SHA-1" }, 334],
    ["another user database", { source: "a" }, 18],
  ])("refuses %s", async (_, parts: SignIn, code) => {
    await expect(signIn(parts)).rejects.toMatchObject({ code });
  });

  test("refuses every command that is not needed to sign in, with code 13", async () => {
    const open = new Set([...OPEN_COMMANDS, ...SIGN_IN_COMMANDS]);
    const closed = Object.keys(COMMANDS).filter((name) => !open.has(name));
    expect(closed.length).toBeGreaterThan(10);
    for (const name of closed)
      await expect(stranger.db("a").command({ [name]: "things" })).rejects.toMatchObject({
        code: 13,
        codeName: "Unauthorized",
      });
  });

  test("answers a greeting before the sign-in, the same for every user name", async () => {
    expect(await stranger.db("admin").command({ ping: 1 })).toEqual({ ok: 1 });
    const greet = async (name: string): Promise<unknown> =>
      (await stranger.db("admin").command({ hello: 1, saslSupportedMechs: `admin.${name}` }))[
        "saslSupportedMechs"
      ];
    expect(await greet(credentials.username)).toEqual(["SCRAM-SHA-256"]);
    expect(await greet("nobody")).toEqual(["SCRAM-SHA-256"]);
  });

  test.each([
    ["an HTTP request", "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"],
    ["a large message before the sign-in", Buffer.from([0, 0, 1, 0, ...Array<number>(12).fill(0)])],
  ])("hangs up on %s", async (_, bytes) => {
    const socket = connect(server.port, "127.0.0.1");
    let answer = 0;
    socket.on("data", (chunk: Buffer) => (answer += chunk.length));
    socket.write(bytes);
    await once(socket, "close");
    expect(answer).toBe(0);
  });

  const python = process.env["PYTHON"];
  test.runIf(python)("lets pymongo in with them", async () => {
    const script = [
      "import pymongo, sys",
      "client = pymongo.MongoClient(sys.argv[1])",
      "client.py.things.insert_one({'_id': 1})",
      "print(client.py.things.count_documents({}))",
      "try: pymongo.MongoClient(sys.argv[2], directConnection=True).py.things.count_documents({})",
      "except pymongo.errors.OperationFailure as error: print(error.code)",
    ].join("\n");
    const bare = `mongodb://127.0.0.1:${server.port}/`;
    const { stdout } = await promisify(execFile)(python!, ["-c", script, server.uri, bare]);
    expect(stdout.split("\n")).toEqual(["1", "13", ""]);
  });
});

test("a server without credentials asks nobody", async () => {
  const server = await startEmbeddedMongo();
  onTestFinished(() => server.close());
  expect(server.uri).toBe(`mongodb://127.0.0.1:${server.port}/?directConnection=true`);
});

test("a password that SASLprep might change is refused at start", async () => {
  const password = "pässword";
  await expect(startEmbeddedMongo({ credentials: { username: "u", password } })).rejects.toThrow(
    "printable ASCII",
  );
});

describe("SCRAM-SHA-256", () => {
  test("asks for as many rounds as MongoDB, and a nonce that begins with the client's", async () => {
    const begun = beginScram("n,,n=user,r=abc", await credentialBook({ ...credentials }));
    expect(begun?.challenge).toMatch(/^r=abc[A-Za-z0-9+/]{32},s=[A-Za-z0-9+/]{38}==,i=15000$/);
  });

  test("gives an unknown user the same salt each time, as a known one has", async () => {
    const find = await credentialBook(credentials);
    expect(find("nobody").salt).toEqual(find("nobody").salt);
    expect(find("nobody").salt).not.toEqual(find("somebody").salt);
    expect(find("nobody").salt).toHaveLength(find(credentials.username).salt.length);
  });

  test.each(["", "n,,", "p=tls-unique,,n=u,r=a", "n,a=x,n=u,r=a", "n,,n=,r=a", "n,,n=a=b,r=a"])(
    "refuses a first message %j",
    async (first) => {
      expect(beginScram(first, await credentialBook(credentials))).toBeUndefined();
    },
  );

  test.each(["", "c=biws", "c=biws,r=other,p=AAAA", "c=eSws,r=NONCE,p=AAAA", "c=biws,r=NONCE,p="])(
    "refuses a last message %j",
    async (last) => {
      const begun = beginScram("n,,n=user,r=abc", await credentialBook(credentials))!;
      const nonce = /r=([^,]+)/.exec(begun.challenge)![1]!;
      expect(begun.verify(last.replace("NONCE", nonce))).toBeUndefined();
    },
  );
});
