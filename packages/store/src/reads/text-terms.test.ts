import { queryInput } from "@call-log/model";
import fc from "fast-check";
import { expect, test } from "vitest";

import type { CallDocument } from "../calls/call-document.ts";
import { MORE_WORDS, TERMS_LATER } from "../calls/call-lookup.ts";
import {
  aCallWithTexts,
  aPartOf,
  aTextOperator,
  queryOn,
  TEXT_OPERATORS,
  TEXT_PATHS,
  textsAt,
} from "../testing/random-texts.ts";
import { termsOf } from "./text-terms.ts";

const MARKS = [MORE_WORDS, TERMS_LATER];
const termsOfQuery = (query: object) => termsOf(queryInput.parse(query));
const message = (_type: string, value: string) => ({ callData: { message: { _type, value } } });

test("a call that a query finds has all its terms, or a mark that it has others", () => {
  const calls = fc
    .sample(aCallWithTexts, { numRuns: 50, seed: 7 })
    .map((call, index) => call("p", index));
  const asked = fc.record({
    path: fc.constantFrom(...TEXT_PATHS),
    operator: aTextOperator,
    part: aPartOf(calls),
  });
  const property = fc.property(asked, ({ path, operator, part }) => {
    const asksFor = termsOfQuery(queryOn(path, { _type: operator, value: part }));
    const isFound = (call: CallDocument) =>
      textsAt(call, path).some((text) => TEXT_OPERATORS[operator](text, part));
    const lacksTerms = ({ lookup }: CallDocument) =>
      !MARKS.some((mark) => lookup?.terms.includes(mark)) &&
      asksFor.some((term) => lookup?.terms.includes(term) !== true);
    expect(calls.filter(isFound).filter(lacksTerms)).toEqual([]);
  });
  fc.assert(property, { numRuns: 1000 });
});

test.each([
  [message("Search", "Incident 42: down"), ["42", "dow"]],
  [message("Search", "Incident 42"), []],
  [{ toNumber: { _type: "Search", value: "+155501" } }, ["#5501"]],
  [{ toNumber: { _type: "Search", value: "155" } }, []],
  [{ toNumber: { _type: "EndsWith", value: "155501" } }, []],
  [{ fromNumber: { _type: "Search", value: "155501" } }, []],
  [message("Search", "workshop"), []],
  [message("Search", "(workshop"), ["worksh"]],
  [message("StartsWith", "Incid"), ["inc"]],
  [message("StartsWith", "In"), []],
  [message("EndsWith", "of shop 42"), ["sho", "42"]],
  [message("EqualTo", "Press 4 to go to QA"), ["pre"]],
  [{ user: { name: { _type: "EqualTo", value: "Al 4" } } }, ["al", "4"]],
  [message("EqualTo", "Incident 42"), ["incide", "42"]],
  [message("NotContains", "Incident 42: down"), []],
  [{ callData: { other: { _type: "EqualTo", value: "Incident 42" } } }, []],
  [{ statusMessage: { _type: "Search", value: "Incident 42: down" } }, []],
  // A tag alone has an index and sums of its own.
  [{ tags: "two words" }, []],
  [
    { tags: { _type: "Search", value: "two words now" } },
    ["words", "now"].map((word) => word.slice(0, 3)),
  ],
  [{ $nor: [message("Search", "Incident 42: down")] }, []],
  [{ $or: [message("Search", "1 22 3"), message("Search", "4 22 5")] }, ["22"]],
  [{ $and: [message("Search", "1 22 3"), message("Search", "1 33 3")] }, ["22", "33"]],
  [{ $or: [message("Search", "1 22 3"), { status: "Busy" }] }, []],
])("terms of %j", (query, terms) => {
  expect(termsOfQuery(query)).toEqual(terms);
});
