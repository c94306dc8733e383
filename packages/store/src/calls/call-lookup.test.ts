import { callRecord } from "@call-log/testing";
import { expect, test } from "vitest";

import { lookupOf, startOf, wordsIn } from "./call-lookup.ts";

test("a call is found by beginnings of its words and by digits of its number", () => {
  const call = callRecord({
    toNumber: "+15550",
    user: { _id: "u", name: "Zoë Ann" },
    tags: ["night"],
    callData: { message: "Database" },
  });
  expect(lookupOf(call)).toEqual({
    toReversed: "05551+",
    terms: ["zoë", "ann", "nig", "night", "dat", "databa", "#1555", "#5550"].filter(
      (term) => term !== "night",
    ),
  });
});

test("a long text has no more terms than the write may cost, and names come first", () => {
  const message = Array.from({ length: 500 }, (_, number) => `word${number}`).join(" ");
  const call = callRecord({ user: { _id: "u", name: "Grace" }, callData: { message } });
  const { terms } = lookupOf(call);
  expect(terms.length).toBeLessThanOrEqual(24 + 12);
  expect(terms[0]).toBe("gra");
});

test("beginnings of words are of whole characters, also of those that take two units", () => {
  const call = callRecord({ toNumber: "", tags: [`x${"\u{10400}".repeat(9)}`], callData: {} });
  const letter = "\u{10428}";
  expect(lookupOf(call).terms).toEqual([`x${letter.repeat(2)}`, `x${letter.repeat(5)}`]);
});

test.each([
  ["Straße ΣΑΣ", ["straße", "σασ"]],
  ["\u212Aelvin ſo", ["kelvin", "so"]],
  ["İzmir", ["İzmir"]],
  ["grace@example.com", ["grace", "example", "com"]],
  ["…🔥", []],
])("words in %s", (text, words) => {
  expect(wordsIn(text)).toEqual(words);
});

test("a word is looked up by as much of it as is kept", () => {
  expect(["qa", "dat", "datab", "database"].map(startOf)).toEqual(["qa", "dat", "dat", "databa"]);
});

test("fields of another type, as old imports may have them, have no part in it", () => {
  const odd = { toNumber: null, user: null, tags: "x", callData: { message: ["a", 1, "bcd"] } };
  expect(lookupOf(odd as never)).toEqual({ toReversed: "", terms: ["x", "a", "bcd"] });
});
