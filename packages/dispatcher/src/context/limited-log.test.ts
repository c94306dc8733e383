import { expect, test } from "vitest";

import { limitedLog } from "./limited-log.ts";
import type { LogFields } from "./log.ts";

function written() {
  const lines: (readonly [string, LogFields, string])[] = [];
  const to = (level: string) => (fields: LogFields, text: string) =>
    void lines.push([level, fields, text]);
  let now = 0;
  const log = limitedLog({ info: to("info"), warn: to("warn"), error: to("error") }, () => now);
  return { lines, log, pass: (ms: number) => (now += ms) };
}

const oom = { queue: "call-dispatch", error: "ReplyError", code: "OOM" };

test("a kind of line comes once a second, and then with the count of what was left out", () => {
  const { lines, log, pass } = written();
  for (let index = 0; index < 5000; index += 1) log.error(oom, "a worker has a problem");
  expect(lines).toEqual([["error", oom, "a worker has a problem"]]);
  pass(1000);
  log.error(oom, "a worker has a problem");
  expect(lines.at(-1)).toEqual(["error", { ...oom, leftOut: 4999 }, "a worker has a problem"]);
  pass(1000);
  log.error(oom, "a worker has a problem");
  expect(lines.at(-1)).toEqual(["error", oom, "a worker has a problem"]);
});

test("another queue, error, code, level or text is another kind; another job is not", () => {
  const { lines, log } = written();
  log.warn({ ...oom, jobId: "1" }, "a job failed");
  log.warn({ ...oom, jobId: "2" }, "a job failed");
  log.warn({ ...oom, queue: "call-events" }, "a job failed");
  log.warn({ ...oom, error: "TypeError" }, "a job failed");
  log.warn({ ...oom, code: "LOADING" }, "a job failed");
  log.error(oom, "a job failed");
  log.warn(oom, "another text");
  log.info(oom, "a round");
  log.info(oom, "a round");
  expect(lines.map(([level, { jobId }]) => [level, jobId])).toEqual([
    ["warn", "1"],
    ...Array.from({ length: 3 }, () => ["warn", undefined]),
    ["error", undefined],
    ["warn", undefined],
    ["info", undefined],
    ["info", undefined],
  ]);
});
