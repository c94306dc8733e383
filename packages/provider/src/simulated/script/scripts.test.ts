import { readFileSync } from "node:fs";

import { toE164 } from "@call-log/model";
import { describe, expect, test } from "vitest";

import { ORDINARY, SCRIPTED_BLOCK, scriptedTry, scriptFor, SCRIPTS } from "./scripts.ts";
import { isFinal } from "./timeline.ts";

const scripts = Object.entries(SCRIPTS);

test("the README's table and the scripts are one", () => {
  const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
  const rows = [...readme.matchAll(/^\| `(\+\d+)` +\| ([\w-]+) +\| (.+?) +\|$/gm)];
  const expected = scripts.map(([suffix, { name, description }]) => [
    `${SCRIPTED_BLOCK}${suffix}`,
    name,
    description,
  ]);
  expect(new Set(rows.map(([, ...cells]) => cells))).toEqual(new Set(expected));
  expect(rows).toHaveLength(expected.length);
});

test("each name stands for one script", () => {
  const names = scripts.map(([, { name }]) => name);
  expect(new Set([...names, ORDINARY.name]).size).toBe(names.length + 1);
});

describe.each(scripts)("%s", (suffix, script) => {
  test("is a number that a request may have, and finds its script", () => {
    const number = `${SCRIPTED_BLOCK}${suffix}`;
    expect(toE164(number)).toBe(number);
    expect(scriptFor(number)).toBe(script);
  });

  test("tells its moments in order, the last one alone is final", () => {
    for (const { course } of script.tries) {
      const moments = course?.moments ?? [];
      const seconds = moments.map((moment) => moment.seconds);
      expect(seconds).toEqual(seconds.toSorted((a, b) => a - b));
      const finals = moments.filter(({ status }) => isFinal(status));
      expect(finals).toEqual(moments.slice(-1));
    }
  });
});

test("any other number is ordinary", () => {
  for (const number of ["+15559998888", "+15550109999", "+4915550100110", "+1555010toString"])
    expect(scriptFor(number)).toBe(ORDINARY);
});

test("the last try of a script stands for all further ones", () => {
  const script = scriptFor("+15550100115");
  const statuses = [1, 2, 3].map((number) => scriptedTry(script, number).course?.moments.at(-1));
  expect(statuses).toMatchObject([
    { status: "busy" },
    { status: "completed" },
    { status: "completed" },
  ]);
});
