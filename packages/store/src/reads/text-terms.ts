import type { Filter, Test, TextPosition } from "@call-log/model";

import { isInAnyMessage, startOf, WORD, WORD_STARTS, wordsIn } from "../calls/call-lookup.ts";
import { numberPartOf, termsOfDigits } from "./number-parts.ts";

const MESSAGE = "callData.message";

/** The texts whose words calls are found by; and whether an equal one is, where no other index has it. */
const TEXTS: Readonly<Record<string, { equal: boolean }>> = {
  [MESSAGE]: { equal: true },
  "user.name": { equal: true },
  "user.email": { equal: true },
  "incident.title": { equal: true },
  "incident.name": { equal: true },
  tags: { equal: false },
};

/** Terms that every call which passes the filter has, if all its words are kept. Each once. */
export function termsOf(filter: Filter): string[] {
  switch (filter.kind) {
    case "and":
      return [...new Set(filter.filters.flatMap(termsOf))];
    case "or": {
      const [first = [], ...others] = filter.filters.map(termsOf);
      return first.filter((term) => others.every((terms) => terms.includes(term)));
    }
    case "nor":
      return [];
    case "leaf":
      return termsOfLeaf(filter);
  }
}

function termsOfLeaf(leaf: Filter & { kind: "leaf" }): string[] {
  const { path, test } = leaf;
  const number = numberPartOf(leaf);
  if (number?.path === "toNumber" && number.position === "anywhere")
    return termsOfDigits(number.text);
  const known = Object.hasOwn(TEXTS, path) ? TEXTS[path] : undefined;
  if (known === undefined) return [];
  const terms = termsOfText(test, known);
  return path === MESSAGE ? terms.filter((term) => !isInAnyMessage(term)) : terms;
}

function termsOfText(test: Test, { equal }: { equal: boolean }): string[] {
  if (test.kind === "match") return termsIn(test.text, test.position);
  const value = equal && test.kind === "is" ? test.value : undefined;
  return typeof value === "string" ? termsIn(value, "whole") : [];
}

/**
 * The terms of the words that begin in a part of a text. Its first word may be the rest of a longer one, and its last
 * one may go on, where the part does not begin or end the text.
 */
function termsIn(part: string, position: TextPosition | "whole"): string[] {
  const atStart = position === "start" || position === "whole";
  const atEnd = position === "end" || position === "whole";
  const terms = [...part.matchAll(WORD)].flatMap(({ 0: found, index }) => {
    const begins = atStart || index > 0;
    const ends = atEnd || index + found.length < part.length;
    return begins
      ? wordsIn(found)
          .filter((word) => ends || isStart(word))
          .map(startOf)
      : [];
  });
  return [...new Set(terms)];
}

function isStart(word: string): boolean {
  return Array.from(word).length >= WORD_STARTS[0];
}
