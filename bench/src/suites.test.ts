import { expect, test } from "vitest";

import { chosenSuites } from "./suites.ts";

const names = (text: string) => chosenSuites(text).map(({ name }) => name);

test("a suite is chosen by its name alone, others by a part of theirs", () => {
  expect(names("reads")).toEqual(["reads"]);
  expect(names("growth-embedded")).toEqual(["growth-embedded"]);
  expect(names("read")).toEqual(["reads", "reads-imported"]);
  expect(names("")).not.toContain("growth-embedded");
});
