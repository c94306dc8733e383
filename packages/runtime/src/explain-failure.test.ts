import { mkdirSync, writeFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { explainFailure } from "./explain-failure.ts";

function thrownBy(act: () => void): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

describe("explainFailure", () => {
  test.each([
    ["a full disk", thrownBy(() => writeFileSync("/dev/full", "x")), /^DATA_DIR: the disk is full/],
    [
      "a folder that can't be made",
      thrownBy(() => mkdirSync("/proc/call-log")),
      /^DATA_DIR: can't be used: ENOENT/,
    ],
  ])("%s is one line", (_, error, line) => {
    const text = explainFailure(error);
    expect(text).toMatch(line);
    expect(text).not.toContain("\n");
  });

  test("a program that is missing is a defect, and keeps its stack", () => {
    const error = Object.assign(new Error("spawn x ENOENT"), {
      code: "ENOENT",
      path: "x",
      syscall: "spawn x",
    });
    expect(explainFailure(error)).toBe(error.stack);
  });
});
