import { once } from "node:events";
import { connect } from "node:net";

import { createQueues } from "@call-log/dispatcher";
import { Redis } from "ioredis";
import { beforeEach, expect, onTestFinished, test } from "vitest";

import type { BackingServer } from "../backing-server.ts";
import { startEmbeddedRedis } from "./embedded-redis.ts";

let server: BackingServer;
let owner: Redis;

beforeEach(async () => {
  server = await startEmbeddedRedis();
  owner = new Redis(server.uri);
  onTestFinished(async () => {
    owner.disconnect();
    await server.close();
  });
});

const portOf = ({ uri }: BackingServer) => Number(new URL(uri).port);

/** What a web page can have a browser send to any port: Firefox's headers, and a body that it chooses. */
function requestOfAWebPage(port: number, body: string): string {
  const headers = [
    "POST / HTTP/1.1",
    `Host: 127.0.0.1:${port}`,
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
    "Accept: */*",
    "Accept-Language: en-US,en;q=0.5",
    "Accept-Encoding: gzip, deflate, br, zstd",
    "Content-Type: text/plain;charset=UTF-8",
    `Content-Length: ${body.length}`,
    "Origin: https://attacker.example",
    "Connection: keep-alive",
  ];
  return `${headers.join("\r\n")}\r\n\r\n${body}`;
}

function respOf(...words: string[]): string {
  const bulks = words.map((word) => `$${word.length}\r\n${word}\r\n`);
  return `*${words.length}\r\n${bulks.join("")}`;
}

/** Everything that the server sends until it hangs up. */
async function answerTo(text: string): Promise<string> {
  const socket = connect(portOf(server), "127.0.0.1");
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  socket.write(text);
  await once(socket, "close");
  return Buffer.concat(chunks).toString();
}

// Seen in an earlier release: the lines of the header were answered one by one, then the job in the body was queued, and the call placed.
test("an HTTP request of a web page is hung up on, and what its body asks for is not done", async () => {
  const job = ["LPUSH", "bull:call-requests:wait", "evil"];
  const attack = requestOfAWebPage(portOf(server), respOf(...job) + respOf("FLUSHALL"));
  await owner.set("kept", "yes");
  expect(await answerTo(attack)).not.toContain(":1");
  expect(await owner.llen("bull:call-requests:wait")).toBe(0);
  expect(await owner.get("kept")).toBe("yes");
});

test("the same request after a sign-in is hung up on all the same", async () => {
  const password = new URL(server.uri).password;
  const attack = requestOfAWebPage(portOf(server), respOf("SET", "evil", "yes"));
  expect(await answerTo(respOf("AUTH", password) + attack)).toMatch(/^\+OK\r\n/);
  expect(await owner.exists("evil")).toBe(0);
});

test("nobody without the password gets in", async () => {
  const stranger = new Redis({ port: portOf(server), host: "127.0.0.1", enableReadyCheck: false });
  onTestFinished(() => stranger.disconnect());
  await expect(stranger.set("a", "b")).rejects.toThrow("NOAUTH");
  await expect(stranger.auth("wrong")).rejects.toThrow("WRONGPASS");
  expect(await owner.exists("a")).toBe(0);
});

// A burst of 10,000 calls once kept the whole process busy for a quarter of an hour.
test("a burst of dispatches leaves a bounded number of jobs in it", async () => {
  expect(server.maxDispatchJobs).toBeLessThanOrEqual(2000);
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const queues = createQueues({ redisUrl: server.uri, log, maxDispatchJobs: 20 });
  onTestFinished(() => queues.close());
  const job = { projectId: "p", callLogId: "c", attemptNumber: 1 };
  for (let batch = 0; batch < 4; batch += 1) {
    const ids = [0, 1, 2, 3].map((index) => `${batch}-${index}`);
    await queues.addDispatches(ids.map((attemptId) => ({ attemptId, job, delayMs: 0 })));
  }
  const [dispatch] = (await queues.depths()).filter(({ name }) => name === "call-dispatch");
  expect(dispatch).toMatchObject({ waiting: 10 });
});

test("others have their turn between the commands of one client", async () => {
  // A list that takes the library a millisecond or more to read.
  await owner.rpush("list", ...Array.from({ length: 20_000 }, (_, index) => index));
  let turns = 0;
  let isOver = false;
  const count = () => {
    turns += 1;
    if (!isOver) setImmediate(count);
  };
  const pipeline = owner.pipeline();
  for (let index = 0; index < 200; index += 1) pipeline.llen("list");
  const answers = pipeline.exec();
  count();
  await answers;
  isOver = true;
  expect(turns).toBeGreaterThan(20);
});
