import { callRecord } from "@call-log/testing";
import fc from "fast-check";
import type { Document } from "mongodb";

import type { CallDocument } from "../calls/call-document.ts";
import { lookupOf, TERMS_LATER } from "../calls/call-lookup.ts";
import { textPattern } from "../queries/filter-pattern.ts";

const WORDS =
  "Straße STRASSE ΣΑΣ σας Kelvin \u212Aelvin İzmir izmir database Database datum e\u0301 é \u{10400}\u{10428}x 42 421 4711 7 no QA 數據庫 ﬆ ﬅ Ⓐ 🔥";
const aWord = fc.constantFrom(...WORDS.split(" "));
/** A text of words that share beginnings, of several alphabets and letter cases. */
export const aText = fc
  .array(fc.tuple(aWord, fc.constantFrom(" ", " ", "-", ", ", "@", ".", "")), {
    minLength: 1,
    maxLength: 5,
  })
  .map((words) => words.flat().join(""));
/** More words than are kept, and some behind them. */
const aLongText = fc
  .tuple(aText, fc.integer({ min: 30, max: 60 }), aText)
  .map(([first, length, last]) =>
    [first, ...Array.from({ length }, (_, number) => `x${number}`), last].join(" "),
  );
const theTexts = fc.record({
  title: fc.option(aText),
  name: fc.option(aText),
  email: fc.option(aText),
  message: fc.oneof(
    { weight: 6, arbitrary: fc.option(aText) },
    { weight: 1, arbitrary: aLongText },
    { weight: 1, arbitrary: fc.array(aText, { maxLength: 2 }) },
  ),
  tags: fc.array(aText, { maxLength: 2 }),
  hasTermsLater: fc.nat(9).map((number) => number === 0),
});

/** Properties whose words calls are found by. */
export const TEXT_PATHS = [
  "callData.message",
  "user.name",
  "user.email",
  "incident.title",
  "tags",
] as const;
/** One of them. */
export type TextPath = (typeof TEXT_PATHS)[number];

/** The texts at a property of a call. */
export function textsAt(call: Document, path: TextPath): string[] {
  const value = path.split(".").reduce<unknown>((at, name) => (at as Document)?.[name], call);
  return [value].flat().filter((one) => typeof one === "string");
}

/** A call of a project with such texts, by its place in time. */
export const aCallWithTexts = theTexts.map(
  ({ title, name, email, message, tags, hasTermsLater }) =>
    (projectId: string, index: number): CallDocument => {
      const record = callRecord({
        _id: `01a21494-7f6b-7000-8000-${String(index).padStart(12, "0")}`,
        projectId,
        createdAt: new Date(Date.UTC(2026, 10, 24, 3, index)),
        tags,
        callData: message === null ? {} : { message },
        ...(title !== null && { incident: { _id: "i", title } }),
        user: { _id: "u", ...(name !== null && { name }), ...(email !== null && { email }) },
      });
      const lookup = lookupOf(record);
      return { ...record, lookup: hasTermsLater ? { ...lookup, terms: [TERMS_LATER] } : lookup };
    },
);

/** A part of a text that is there, or a text that may be. */
export function aPartOf(calls: readonly Document[]): fc.Arbitrary<string> {
  const place = fc.tuple(fc.nat(), fc.constantFrom(...TEXT_PATHS), fc.nat(), fc.nat());
  const aPart = place.map(([which, path, from, length]) => {
    const texts = calls.flatMap((call) => textsAt(call, path));
    const characters = Array.from(texts[which % texts.length]!);
    const start = from % characters.length;
    return characters.slice(start, start + 1 + (length % 16)).join("");
  });
  return fc
    .oneof({ weight: 3, arbitrary: aPart }, { weight: 1, arbitrary: aText })
    .filter((part) => part.trim() !== "");
}

/** What the operators on texts find, one text at a time. */
export const TEXT_OPERATORS = {
  Search: (text: string, part: string) => matches(text, part.trim(), "anywhere"),
  StartsWith: (text: string, part: string) => matches(text, part, "start"),
  EndsWith: (text: string, part: string) => matches(text, part, "end"),
  EqualTo: (text: string, part: string) => text === part,
} as const;
/** One of these operators. */
export const aTextOperator = fc.constantFrom(
  ...(Object.keys(TEXT_OPERATORS) as (keyof typeof TEXT_OPERATORS)[]),
);

function matches(text: string, part: string, position: "anywhere" | "start" | "end"): boolean {
  return new RegExp(textPattern(part, position), "u").test(text);
}

/** The query of a condition on the property. */
export function queryOn(path: TextPath, condition: object): object {
  const [name, inner] = path.split(".");
  return { [name!]: inner === undefined ? condition : { [inner]: condition } };
}
