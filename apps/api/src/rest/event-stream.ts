import { Readable } from "node:stream";

import { toCallLogError } from "@call-log/router";

import { errorBody } from "../errors/error-reply.ts";

/** Headers of a stream of events: nothing on the way may hold back or change a part of it. */
export const EVENT_STREAM_HEADERS = {
  "content-type": "text/event-stream",
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no",
} as const;

/** How often a stream says that it is alive, how long a client waits until it comes again, and how long one stream lasts, in milliseconds. */
export const STREAM_TIMES = { beatMs: 15_000, retryMs: 2000, lastsMs: 3_600_000 };

/** An event as it is sent. Only the last one of what belongs together has an id, so that nobody resumes in between. */
export interface ServerEvent {
  event: string;
  id?: string | undefined;
  data: unknown;
}

/**
 * Server-sent events as text. A comment every few seconds keeps the connection; a failure is an event called `error`, with the body that a
 * refusal has; a process that stops ends the stream without one, so that the client comes again.
 */
export function eventStream(
  events: AsyncIterable<ServerEvent>,
  requestId: string,
  times: typeof STREAM_TIMES = STREAM_TIMES,
): Readable {
  return Readable.from(written(events, requestId, times), { objectMode: false });
}

async function* written(
  events: AsyncIterable<ServerEvent>,
  requestId: string,
  { beatMs, retryMs, lastsMs }: typeof STREAM_TIMES,
): AsyncGenerator<string, void> {
  const endsAt = performance.now() + lastsMs;
  const source = events[Symbol.asyncIterator]();
  yield `: connected\nretry: ${retryMs}\n\n`;
  try {
    let next = source.next();
    while (performance.now() < endsAt) {
      const result = await within(next, beatMs);
      if (result === undefined) {
        yield ": still here\n\n";
        continue;
      }
      if (result.done === true) return;
      yield textOf(result.value);
      next = source.next();
    }
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === "AbortError") return;
    yield textOf({ event: "error", data: errorBody(toCallLogError(thrown), requestId) });
  }
}

/** What a promise resolves to, or undefined after some milliseconds; the promise is left as it is. */
async function within<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined);
  });
  try {
    return await Promise.race([promise, passed]);
  } finally {
    clearTimeout(timer);
  }
}

// JSON has no line break, so the data is one line.
function textOf({ event, id, data }: ServerEvent): string {
  const lines = [`event: ${event}`, ...(id === undefined ? [] : [`id: ${id}`])];
  return [...lines, `data: ${JSON.stringify(data)}`, "", ""].join("\n");
}
