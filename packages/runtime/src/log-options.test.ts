import { pino } from "pino";
import { expect, test } from "vitest";

import { logOptions } from "./log-options.ts";
import { StartError } from "./start-error.ts";

const SECRET = "BLUEBIRD to +15550100100";

function logged(write: (log: pino.Logger) => void): string {
  const lines: string[] = [];
  write(pino(logOptions("trace"), { write: (line: string) => void lines.push(line) }));
  return lines.join("");
}

const cause = new Error(SECRET);
const error = Object.assign(new TypeError(SECRET, { cause }), {
  config: { headers: { authorization: SECRET } },
  toJSON: () => ({ message: SECRET }),
});

test.each<[string, (log: pino.Logger) => void]>([
  ["an error", (log) => log.error(error)],
  ["an error under its usual name", (log) => log.error({ err: error })],
  ["an error under another name", (log) => log.warn({ reason: error, jobId: "7" }, "a job failed")],
  ["an error with its own text", (log) => log.error({ err: error }, error.message)],
  ["an error and a text", (log) => log.fatal(error, "stopped")],
  ["an error in a child", (log) => log.child({ part: "queue" }).error({ err: error })],
])("%s is logged by its name and place, without its text", (_what, write) => {
  const line = logged(write);
  expect(line).not.toContain("BLUEBIRD");
  expect(line).toContain('"name":"TypeError"');
  expect(line).toMatch(/log-options\.test\.ts:\d+:\d+/);
  expect(JSON.parse(line)).toMatchObject({ msg: expect.any(String) });
});

test("a text of ours that holds no values is kept", () => {
  const line = JSON.parse(
    logged((log) => log.error(new StartError("REDIS_URL: is away", { cause }))),
  );
  const described = { name: "StartError", text: "REDIS_URL: is away", cause: { name: "Error" } };
  expect(line).toMatchObject({ err: described, msg: "an error" });
});

test("what is no error is logged as it is", () => {
  const line = JSON.parse(logged((log) => log.info({ projectId: "p", count: 3 }, "counted")));
  expect(line).toMatchObject({ level: 30, projectId: "p", count: 3, msg: "counted" });
  expect(JSON.parse(logged((log) => log.info("started")))).toMatchObject({ msg: "started" });
});
