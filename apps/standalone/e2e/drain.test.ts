import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";

import { waitFor } from "@call-log/testing";
import { MongoClient } from "mongodb";
import { expect, test } from "vitest";

import { freshFolder, startProcess } from "./standalone-process.ts";

const key = "bootstrap-key-of-the-test";
const call = { toNumber: "+15550100100", say: "Hello", scheduledAt: "2999-01-01T00:00:00Z" };

/** Dispatch over one connection that is kept open, until the server says that it closes it. */
async function write(url: string, accepted: string[]): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const headers = { apikey: key, "content-type": "application/json" };
  try {
    for (let isOver = false; !isOver;) {
      const asked = request(`${url}/api/call-log`, { agent, method: "POST", headers });
      asked.end(JSON.stringify(call));
      const [answer] = (await once(asked, "response")) as [IncomingMessage];
      let text = "";
      for await (const part of answer) text += String(part);
      if (answer.statusCode !== 202) throw new Error(`${answer.statusCode}: ${text}`);
      accepted.push((JSON.parse(text) as { _id: string })._id);
      isOver = answer.headers.connection === "close";
    }
  } finally {
    agent.destroy();
  }
}

test("on SIGTERM under eight writers no connection is reset, and what was accepted is kept", async () => {
  await using folder = await freshFolder();
  const settings = { BOOTSTRAP_API_KEY: key, DRAIN_SECONDS: "8" };
  const first = startProcess(folder.path, settings);
  const { url } = await first.ready();
  const accepted: string[] = [];
  const writers = Promise.all(Array.from({ length: 8 }, () => write(url, accepted)));
  await waitFor(() => accepted.length > 50);
  const ended = first.end("SIGTERM");
  await writers;
  expect((await fetch(`${url}/health/ready`)).status).toBe(503);
  expect(await ended).toBe(0);
  expect(first.errors()).toMatch(/stopped\n$/);

  await using second = startProcess(folder.path, settings);
  const { mongodbUri } = await second.ready();
  await using client = new MongoClient(mongodbUri);
  const calls = client.db("call-log").collection<{ _id: string }>("callLogs");
  expect(await calls.countDocuments({ _id: { $in: accepted } })).toBe(accepted.length);
});
