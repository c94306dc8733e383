import fc from "fast-check";

import { PROJECT } from "./call-reader-fixture.ts";
import { ALL_OPERATORS, EQUALITY, ORDER, TEXT } from "./call-reader-queries.ts";

// Queries that a parser or a database may trip over.

const WORDS = [
  ...ALL_OPERATORS,
  "_type",
  "value",
  "fields",
  "startValue",
  "endValue",
  "status",
  "callData",
  "incident",
  "attempts",
  "attempts.0",
  "tags",
  "createdAt",
  "a.b",
  "",
  "\ud800",
  "a\u0000b",
  "(",
  "[",
  "\\",
  "^$",
  "x".repeat(300),
  "0",
  "__proto__",
];

/** JSON made of the language's own words and of what is hard to store or to search for; seldom valid. */
export const anyWords: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(...WORDS, 1, -0, 1e300, true, null, PROJECT),
    fc.array(tie("tree"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...WORDS), tie("tree"), { maxKeys: 3 }),
  ),
})).tree;

const HARD_TEXTS = [
  "\ud800",
  "a\u0000b",
  "\u0000",
  "(",
  "[",
  "\\",
  "^$",
  "\n",
  "\u2028",
  "-]",
  "\u{10FFFF}",
  "x".repeat(200),
];

/** Valid queries with text that is hard to store or to search for. */
export const hardTextQuery: fc.Arbitrary<unknown> = fc
  .tuple(fc.constantFrom(...HARD_TEXTS), fc.constantFrom(...EQUALITY, ...ORDER, ...TEXT))
  .chain(([value, _type]) =>
    fc.constantFrom<unknown>(
      { status: { _type, value } },
      { callData: { a: { _type, value } } },
      { incident: { title: { _type, value } } },
      { tags: [value] },
      { status: { $not: { $in: [value] } } },
    ),
  );
