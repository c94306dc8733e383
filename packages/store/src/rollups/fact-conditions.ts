import type { Filter, Operand, Test } from "@call-log/model";

import type { CellFacts, FigureFacts, GivenTime } from "./figure-cells.ts";
import { areGiven, statusesOf } from "./rollup-query.ts";
import { isAmong, isInside, isNumeric, type Span, spanOfOne } from "./span.ts";

/** True for facts of calls that all match, false if none of them does; undefined where the facts do not say. */
export type FactTest = (facts: CellFacts) => boolean | undefined;

/** True for a property of which figures know less than its value, so that their facts may not say whether a call matches. */
export function isVague(path: string): boolean {
  return ["callCostInUSDCents", "acknowledgedAt", "scheduledAt", "deadlineAt"].includes(path);
}

/** A condition as facts can be tested by; undefined for one that they do not answer. */
export function factTest(filter: Filter): FactTest | undefined {
  if (filter.kind === "leaf") return FACTS[filter.path]?.(filter.test);
  const tests = filter.filters.map(factTest);
  if (!areGiven(tests)) return undefined;
  switch (filter.kind) {
    case "and":
      return allHold(tests);
    case "or":
      return not(allHold(tests.map(not)));
    case "nor":
      return allHold(tests.map(not));
  }
}

/** All of these hold. */
export function allHold(tests: readonly FactTest[]): FactTest {
  return (facts) => {
    const found = tests.map((holds) => holds(facts));
    if (found.includes(false)) return false;
    return found.includes(undefined) ? undefined : true;
  };
}

function not(test: FactTest): FactTest {
  return (facts) => {
    const holds = test(facts);
    return holds === undefined ? undefined : !holds;
  };
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
  acknowledgedAt: (test) => timeTest(test, "acknowledgedAt"),
  scheduledAt: (test) => timeTest(test, "scheduledAt"),
  deadlineAt: (test) => timeTest(test, "deadlineAt"),
  attemptCount: (test) => spanTest(test, ({ attemptCount }) => spanOfOne(attemptCount)),
  callCostInUSDCents: (test) => spanTest(test, ({ cost }) => cost),
};

/** A test whether one of these values is asked for; undefined where only the database knows. */
function valueTest(
  test: Test,
  valuesOf: (facts: FigureFacts) => readonly (string | null)[],
  isKnown: (asked: Operand) => asked is string | null,
): FactTest | undefined {
  if (test.kind === "not") {
    const tests = test.tests.map((one) => valueTest(one, valuesOf, isKnown));
    return areGiven(tests) ? not(allHold(tests)) : undefined;
  }
  const given = operandsOf(test);
  if (!given?.every(isKnown)) return undefined;
  const asked = new Set(given);
  const isOne: FactTest = (facts) => valuesOf(facts).some((value) => asked.has(value));
  return isDenial(test) ? not(isOne) : isOne;
}

/** A test of a number that is known to lie in a span, or, without one, to be null; undefined where only the database knows. */
function spanTest(
  test: Test,
  spanOf: (facts: CellFacts) => Span | undefined,
): FactTest | undefined {
  if (test.kind === "not") {
    const tests = test.tests.map((one) => spanTest(one, spanOf));
    return areGiven(tests) ? not(allHold(tests)) : undefined;
  }
  if (test.kind === "range") {
    const { bounds } = test;
    return isNumeric(bounds) ? (facts) => isInside(spanOf(facts), bounds) : undefined;
  }
  const asked = operandsOf(test);
  if (asked === undefined) return undefined;
  const isOne: FactTest = (facts) => isAmong(spanOf(facts), asked);
  return isDenial(test) ? not(isOne) : isOne;
}

/** A test of a time of which it is known whether there is one; undefined where only the database knows. */
function timeTest(test: Test, name: GivenTime): FactTest | undefined {
  if (test.kind === "not") {
    const tests = test.tests.map((one) => timeTest(one, name));
    return areGiven(tests) ? not(allHold(tests)) : undefined;
  }
  if (test.kind === "range") return ({ times }) => (times.includes(name) ? undefined : false);
  const asked = operandsOf(test);
  if (asked === undefined) return undefined;
  const isForTimes = asked.some((one) => one !== null);
  const isOne: FactTest = ({ times }) => {
    if (!times.includes(name)) return asked.includes(null);
    return isForTimes ? undefined : false;
  };
  return isDenial(test) ? not(isOne) : isOne;
}

/** The values that a test asks for, or does not want; undefined for another kind of test. */
function operandsOf(test: Test): readonly Operand[] | undefined {
  if (test.kind === "is" || test.kind === "isNot") return [test.value];
  return test.kind === "in" || test.kind === "notIn" ? test.values : undefined;
}

function isDenial({ kind }: Test): boolean {
  return kind === "isNot" || kind === "notIn";
}

function isText(value: Operand): value is string {
  return typeof value === "string";
}

function isTextOrNull(value: Operand): value is string | null {
  return value === null || isText(value);
}
