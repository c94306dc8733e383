import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { connect } from "node:net";

import { collectionsOf } from "@call-log/store/testing";
import { waitFor } from "@call-log/testing";
import { afterAll, beforeAll, expect, test } from "vitest";

import { freshApi, type FreshApi } from "../testing/fresh-api.ts";
import { drainLeftMs } from "./drain.ts";
import { TIMEOUTS } from "./timeouts.ts";

let api: FreshApi;
beforeAll(async () => {
  api = await freshApi();
});
afterAll(() => api[Symbol.asyncDispose]());

const WRITERS = 8;
const call = { toNumber: "+15550100100", say: "Hello", scheduledAt: "2999-01-01T00:00:00Z" };

interface Answer {
  status: number;
  connection: string | undefined;
  id: string;
}

/** A client with one connection that it keeps open. */
function client(url: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    async dispatch(): Promise<Answer> {
      const asked = request(`${url}/api/call-log`, {
        agent,
        method: "POST",
        headers: { apikey: api.key, "content-type": "application/json" },
      });
      asked.end(JSON.stringify(call));
      const [answer] = (await once(asked, "response")) as [IncomingMessage];
      let text = "";
      for await (const part of answer) text += String(part);
      const { _id: id } = JSON.parse(text) as { _id: string };
      return { status: answer.statusCode!, connection: answer.headers.connection, id };
    },
    close: () => agent.destroy(),
  };
}

/** Writers that write until an answer says that the server closes their connection, as long as it answers. */
function writers(url: string) {
  const answers: Answer[] = [];
  const failures: unknown[] = [];
  let left = 0;
  const write = async () => {
    const writer = client(url);
    try {
      for (let isOver = false; !isOver;) {
        const answer = await writer.dispatch();
        answers.push(answer);
        isOver = answer.connection === "close";
      }
    } catch (error) {
      failures.push(error);
    }
    left += 1;
    writer.close();
  };
  const all = Promise.all(Array.from({ length: WRITERS }, write));
  return { answers, failures, all, left: () => left };
}

test("a server that drains is not ready, answers every request, and resets no connection", async () => {
  const server = await api.serverWith({});
  const url = await server.listen({ host: "127.0.0.1", port: 0 });
  const { answers, failures, all, left } = writers(url);
  await waitFor(() => answers.length > 5 * WRITERS);
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);
  server.drain.begin();
  const ready = await fetch(`${url}/health/ready`);
  expect([ready.status, ready.headers.get("connection")]).toEqual([503, "close"]);
  expect(await ready.json()).toEqual({ status: "not ready", mongodb: "up", redis: "up" });
  await waitFor(() => left() === WRITERS);
  await server.close();
  await all;
  expect(failures).toEqual([]);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
  const ids = answers.map(({ id }) => id);
  const kept = await collectionsOf(api.store).callLogs.countDocuments({ _id: { $in: ids } });
  expect(kept).toBe(answers.length);
}, 60_000);

test("a request under way when the server closes gets its answer", async () => {
  let goOn = () => {};
  let isAsked = false;
  const store = {
    ...api.store,
    checkWrite: async () => {
      isAsked = true;
      await new Promise<void>((resolve) => {
        goOn = resolve;
      });
    },
  };
  const server = await api.serverWith({ store });
  const url = await server.listen({ host: "127.0.0.1", port: 0 });
  const answer = fetch(`${url}/health/ready`);
  await waitFor(() => isAsked);
  const closed = server.close();
  await waitFor(() => server.drain.isOn);
  goOn();
  const { status, headers } = await answer;
  expect([status, headers.get("connection")]).toEqual([503, "close"]);
  await closed;
});

test("a body that never ends does not keep the server from closing", async () => {
  const server = await api.serverWith({ timeouts: { ...TIMEOUTS, finishMs: 100 } });
  const { port, hostname } = new URL(await server.listen({ host: "127.0.0.1", port: 0 }));
  const socket = connect(Number(port), hostname);
  socket.on("error", () => {
    // It is reset on purpose.
  });
  const closed = once(socket, "close");
  const head = ["POST /api/call-log HTTP/1.1", "Host: a", `ApiKey: ${api.key}`];
  const body = ["Content-Type: application/json", "Content-Length: 900000"];
  const underWay = once(server.server, "request");
  socket.write(`${[...head, ...body].join("\r\n")}\r\n\r\n{`);
  await underWay;
  await server.close();
  await closed;
  expect(socket.destroyed).toBe(true);
});

test.each([
  ["not begun", undefined, 3000],
  ["begun a second ago", 9000, 2000],
  ["begun long ago", 1000, 0],
])("of three seconds, %s", (_name, begunAt, left) => {
  expect(drainLeftMs({ begunAt, now: 10_000, seconds: 3 })).toBe(left);
});
