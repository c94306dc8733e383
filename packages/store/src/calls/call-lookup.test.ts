import { callRecord } from "@call-log/testing";
import { describe, expect, test } from "vitest";

import { textPattern } from "../queries/filter-pattern.ts";
import {
  currentLookup,
  lookupOf,
  MORE_WORDS,
  startOf,
  TERMS_LATER,
  wordsIn,
} from "./call-lookup.ts";

test("a call is found by beginnings of its words and by digits of its number", () => {
  const call = callRecord({
    toNumber: "+15550",
    user: { _id: "u", name: "Zoë Ann" },
    tags: ["night"],
    callData: { message: "A database, 7 of 12" },
  });
  expect(lookupOf(call)).toEqual({
    toReversed: "05551+",
    terms: ["zoë", "ann", "nig", "dat", "databa", "12", "#1555", "#5550"],
  });
});

test.each<[string, number, boolean]>([
  ["Queued", 0, true],
  ["Ringing", 9, true],
  ["Ringing", 10, false],
  ["Scheduled", 0, false],
  ["Busy", 0, false],
])(
  "a call that is %s, last changed %i minutes after its request, gets its terms later: %j",
  (...given) => {
    const [status, minutes, isLater] = given;
    const { createdAt } = callRecord();
    const updatedAt = new Date(createdAt.getTime() + minutes * 60_000);
    const call = callRecord({ status, createdAt, updatedAt });
    const all = lookupOf(call);
    expect(currentLookup(call)).toEqual(isLater ? { ...all, terms: [TERMS_LATER] } : all);
  },
);

describe("a call with many words", () => {
  const termsOf = (message: string) =>
    lookupOf(callRecord({ toNumber: "", user: { _id: "u", name: "Ann" }, callData: { message } }))
      .terms;
  const words = (length: number) => Array.from({ length }, (_, number) => `${number + 100}`);

  test("has no more terms than the write may cost, and says so; names come first", () => {
    const terms = termsOf(words(500).join(" "));
    expect(terms).toEqual(["ann", ...words(35), MORE_WORDS]);
  });

  test("says nothing when all of them are kept, however often one comes", () => {
    const all = words(35).join(" ");
    expect(termsOf(`${all} ${all}`)).toEqual(["ann", ...words(35)]);
  });
});

test("characters that a pattern takes for the same are the same in a word, or in none", () => {
  const different: string[] = [];
  const cased = /[\p{Changes_When_Casemapped}\p{Changes_When_Casefolded}]/u;
  for (let code = 0; code <= 0x1ffff; code += 1) {
    const character = String.fromCodePoint(code);
    if (!cased.test(character)) continue;
    const cases = /^\[(.+)\]$/u.exec(textPattern(character, "anywhere"))?.[1] ?? "";
    for (const other of cases)
      if (wordsIn(character)[0] !== wordsIn(other)[0]) different.push(character + other);
  }
  expect(different).toEqual([]);
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
  expect(lookupOf(odd as never)).toEqual({ toReversed: "", terms: ["x", "bcd"] });
});
