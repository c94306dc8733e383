import type { FetchedCallLog } from "@call-log/model";
import { expect, test } from "vitest";

import { grouped } from "./text-matches.ts";

test("a text in letters of two units is found in its group, in another letter case too", () => {
  const call: FetchedCallLog = { _id: "a", user: { _id: "u", name: "J\u{10400}nn" } };
  const { people, calls } = grouped([call], { text: "j\u{10428}nn", numberStarts: [] });
  expect(people).toEqual([call]);
  expect(calls).toEqual([]);
});
