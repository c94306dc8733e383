import { expect, test } from "vitest";

import type { LogFields } from "./log.ts";
import { createOutage } from "./outage.ts";

function watched() {
  const lines: [level: string, fields: LogFields, text: string][] = [];
  const write = (level: string) => (fields: LogFields, text: string) =>
    void lines.push([level, fields, text]);
  const log = { info: write("info"), warn: write("warn"), error: write("error") };
  const clock = { ms: 0 };
  const texts = { away: "it is away", back: "it is back" };
  return { lines, log, clock, outage: createOutage(log, texts, () => clock.ms) };
}

const REFUSED = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
const [first, second] = [{}, {}];

test("an outage of several connections is a line at its start, and one at its end with its length", () => {
  const { lines, log, clock, outage } = watched();
  for (let round = 0; round < 70; round += 1)
    for (const part of [first, second]) {
      outage.begin(part, REFUSED);
      outage.quiet(log).error({}, "a worker has a problem");
    }
  expect(outage.isOn).toBe(true);
  expect(lines).toEqual([
    ["warn", expect.objectContaining({ code: "ECONNREFUSED" }), "it is away"],
  ]);
  clock.ms = 10_040;
  outage.end(first);
  expect(lines).toHaveLength(1);
  outage.end(second);
  outage.end(second);
  expect(lines.slice(1)).toEqual([["info", { seconds: 10, leftOut: 140 }, "it is back"]]);
  outage.quiet(log).error({}, "a worker has a problem");
  expect(lines).toHaveLength(3);
});

test("what is closed while it is away does not keep the outage on", () => {
  const { lines, outage } = watched();
  outage.begin(first, REFUSED);
  outage.forget(first);
  expect(outage.isOn).toBe(false);
  expect(lines).toHaveLength(1);
});

test("what is no failure is said during an outage, too", () => {
  const { lines, log, outage } = watched();
  outage.begin(first, REFUSED);
  outage.quiet(log).info({}, "a provider is resumed");
  expect(lines.at(-1)).toEqual(["info", {}, "a provider is resumed"]);
});
