import type { Filter, Operand, Test } from "@call-log/model";

import { EVER, timesOf } from "../queries/times-asked-for.ts";
import type { FigureFacts } from "./figure-cells.ts";
import { overlap, type TimeRange } from "./period.ts";
import { areGiven, type Leaf, statusesOf, tagOf } from "./rollup-query.ts";

/** What figures that are kept can answer. */
export interface FigureQuery {
  range: TimeRange;
  /** True for the calls with facts that are asked for. */
  wants: FactTest;
  /** Absent when it does not matter which tags a call has. */
  tag?: string;
}

/** True for calls with such facts. */
type FactTest = (facts: FigureFacts) => boolean;

/**
 * A filter as kept figures can answer it, or undefined when it has anything but ranges of createdAt and one tag, which
 * must hold, and conditions on the facts that figures are kept by.
 */
export function figureQuery(filter: Filter): FigureQuery | undefined {
  const all = conjuncts(filter);
  const times = all.filter(isOfTime).map(({ test }) => timesOf(test));
  const tagged = all.filter(isOfTags);
  const tag = tagOf(tagged);
  const tests = all.filter((one) => !isOfTime(one) && !isOfTags(one)).map(factTest);
  if (!areGiven(times) || !areGiven(tests)) return undefined;
  if (tagged.length > 0 && tag === undefined) return undefined;
  return {
    range: times.reduce(overlap, EVER),
    wants: (facts) => tests.every((holds) => holds(facts)),
    ...(tag !== undefined && { tag }),
  };
}

function isOfTime(filter: Filter): filter is Leaf {
  return filter.kind === "leaf" && filter.path === "createdAt";
}

function isOfTags(filter: Filter): filter is Leaf {
  return filter.kind === "leaf" && filter.path === "tags";
}

function conjuncts(filter: Filter): readonly Filter[] {
  return filter.kind === "and" ? filter.filters.flatMap(conjuncts) : [filter];
}

function factTest(filter: Filter): FactTest | undefined {
  if (filter.kind === "leaf") return FACTS[filter.path]?.(filter.test);
  const tests = filter.filters.map(factTest);
  if (!areGiven(tests)) return undefined;
  switch (filter.kind) {
    case "and":
      return (facts) => tests.every((holds) => holds(facts));
    case "or":
      return (facts) => tests.some((holds) => holds(facts));
    case "nor":
      return (facts) => !tests.some((holds) => holds(facts));
  }
}

/** How each property that figures are kept by is tested. */
const FACTS: Readonly<Record<string, (test: Test) => FactTest | undefined>> = {
  status(test) {
    const isAsked = statusesOf(test);
    return isAsked && (({ status }) => isAsked(status));
  },
  provider: (test) => valueTest(test, ({ provider }) => [provider], isTextOrNull),
  answeredBy: (test) => valueTest(test, ({ answeredBy }) => [answeredBy], isTextOrNull),
  // Of an attempt without an outcome only the database knows.
  "attempts.outcome": (test) => valueTest(test, ({ outcomes }) => outcomes, isText),
};

/** A test whether one of these values is asked for; undefined where only the database knows. */
function valueTest(
  test: Test,
  valuesOf: (facts: FigureFacts) => readonly (string | null)[],
  isKnown: (asked: Operand) => asked is string | null,
): FactTest | undefined {
  if (test.kind === "not") {
    const tests = test.tests.map((one) => valueTest(one, valuesOf, isKnown));
    return areGiven(tests) ? (facts) => !tests.every((holds) => holds(facts)) : undefined;
  }
  const isDenial = test.kind === "isNot" || test.kind === "notIn";
  const given =
    test.kind === "is" || test.kind === "isNot"
      ? [test.value]
      : test.kind === "in" || test.kind === "notIn"
        ? test.values
        : undefined;
  if (!given?.every(isKnown)) return undefined;
  const asked = new Set(given);
  return (facts) => valuesOf(facts).some((value) => asked.has(value)) !== isDenial;
}

function isText(value: Operand): value is string {
  return typeof value === "string";
}

function isTextOrNull(value: Operand): value is string | null {
  return value === null || isText(value);
}
