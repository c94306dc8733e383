import type { Bounds, Filter, Operand, Test } from "@call-log/model";

import type { CellFacts, FigureFacts, GivenTime } from "./figure-cells.ts";
import { areGiven } from "./rollup-query.ts";
import { isAmong, isInside, isNumeric, type Span, spanOfOne } from "./span.ts";

/** True for facts of calls that all match, false if none of them does; undefined where the facts do not say. */
export type FactTest = (facts: CellFacts) => boolean | undefined;

/** True for a property of which figures know less than its value, so that their facts may not say whether a call matches. */
export function isVague(path: string): boolean {
  return ["callCostInUSDCents", "acknowledgedAt", "scheduledAt", "deadlineAt"].includes(path);
}

/** A condition as facts can be tested by; undefined for one that they do not answer. */
export function factTest(filter: Filter): FactTest | undefined {
  if (filter.kind === "leaf") {
    const property = PROPERTIES[filter.path];
    return property && propertyTest(property, filter.test);
  }
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

/** What the facts of calls say of one property. */
interface Property {
  /** Whether one of these values is asked for; undefined where only the database knows. */
  among: (values: readonly Operand[]) => FactTest | undefined;
  /** The same of limits. */
  inside?: (bounds: Bounds) => FactTest | undefined;
}

const PROPERTIES: Readonly<Record<string, Property>> = {
  status: textOf(({ status }) => [status]),
  provider: textOf(({ provider }) => [provider]),
  answeredBy: textOf(({ answeredBy }) => [answeredBy]),
  "attempts.outcome": outcomes(),
  acknowledgedAt: timeOf("acknowledgedAt"),
  scheduledAt: timeOf("scheduledAt"),
  deadlineAt: timeOf("deadlineAt"),
  attemptCount: numberOf(({ attemptCount }) => spanOfOne(attemptCount)),
  callCostInUSDCents: numberOf(({ cost }) => cost),
};

function propertyTest(property: Property, test: Test): FactTest | undefined {
  if (test.kind === "not") {
    const tests = test.tests.map((one) => propertyTest(property, one));
    return areGiven(tests) ? not(allHold(tests)) : undefined;
  }
  if (test.kind === "range") return property.inside?.(test.bounds);
  if (test.kind === "is") return property.among([test.value]);
  if (test.kind === "in") return property.among(test.values);
  if (test.kind === "isNot") return denied(property.among([test.value]));
  return test.kind === "notIn" ? denied(property.among(test.values)) : undefined;
}

function denied(test: FactTest | undefined): FactTest | undefined {
  return test && not(test);
}

/** A text that is known, or that there is none. */
function textOf(textsOf: (facts: FigureFacts) => readonly (string | null)[]): Property {
  return {
    among(values) {
      const asked = new Set(values);
      return (facts) => textsOf(facts).some((text) => asked.has(text));
    },
  };
}

/** Of an attempt without an outcome only the database knows. */
function outcomes(): Property {
  const { among } = textOf((facts) => facts.outcomes);
  return { among: (values) => (values.includes(null) ? undefined : among(values)) };
}

/** A number that is known to lie in a span, or, without one, that there is none. */
function numberOf(spanOf: (facts: CellFacts) => Span | undefined): Property {
  return {
    among: (values) => (facts) => isAmong(spanOf(facts), values),
    inside: (bounds) =>
      isNumeric(bounds) ? (facts) => isInside(spanOf(facts), bounds) : undefined,
  };
}

/** A time of which it is known whether there is one. */
function timeOf(name: GivenTime): Property {
  const ifGiven =
    (some: boolean | undefined, none: boolean): FactTest =>
    ({ times }) =>
      times.includes(name) ? some : none;
  return {
    among(values) {
      const isForTimes = values.some((one) => one !== null);
      return ifGiven(isForTimes ? undefined : false, values.includes(null));
    },
    inside: () => ifGiven(undefined, false),
  };
}
