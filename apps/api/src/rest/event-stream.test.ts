import { CallLogError } from "@call-log/model";
import { expect, test } from "vitest";

import { eventStream, type ServerEvent, STREAM_TIMES } from "./event-stream.ts";

async function textOf(events: AsyncIterable<ServerEvent>, times = {}): Promise<string> {
  let text = "";
  const stream = eventStream(events, "request-1", { ...STREAM_TIMES, ...times });
  for await (const part of stream) text += String(part);
  return text;
}

const BEGIN = ": connected\nretry: 2000\n\n";

test("events have their name, their id and one line of data", async () => {
  async function* events() {
    yield { event: "call-log", data: { say: "two\nlines" } };
    yield { event: "ended", id: "7", data: {} };
  }
  expect(await textOf(events())).toBe(
    `${BEGIN}event: call-log\ndata: {"say":"two\\nlines"}\n\nevent: ended\nid: 7\ndata: {}\n\n`,
  );
});

test("a silent stream says that it is alive, and loses no event by it", async () => {
  let beats = 0;
  let resolve = () => undefined as void;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  async function* events() {
    await promise;
    yield { event: "call-log", data: 1 };
  }
  let text = "";
  for await (const part of eventStream(events(), "r", { ...STREAM_TIMES, beatMs: 1 })) {
    text += String(part);
    beats += String(part) === ": still here\n\n" ? 1 : 0;
    if (beats === 3) resolve();
  }
  expect(text).toMatch(/^: connected\nretry: 2000\n\n(: still here\n\n){3,}event: call-log/);
});

test("a stream ends after its time, so that a client comes again", async () => {
  async function* endless() {
    for (let data = 0; ; data += 1) yield { event: "call-log", data };
  }
  expect(await textOf(endless(), { lastsMs: 0 })).toBe(BEGIN);
});

test("a failure is an event with the body of a refusal; a process that stops is none", async () => {
  async function* failing(error: Error): AsyncGenerator<ServerEvent> {
    yield await Promise.reject<ServerEvent>(error);
  }
  const revoked = new CallLogError("UNAUTHORIZED", "The key was revoked.");
  const text = await textOf(failing(revoked));
  expect(JSON.parse(/event: error\ndata: (.*)\n/.exec(text)![1]!)).toEqual({
    error: "The key was revoked.",
    message: "The key was revoked.",
    code: "UNAUTHORIZED",
    requestId: "request-1",
  });
  expect(await textOf(failing(new DOMException("closing", "AbortError")))).toBe(BEGIN);
});
