import { type Filter, propertiesOf } from "@call-log/model";

import { EVER, timesOf } from "../queries/times-asked-for.ts";
import { allHold, factTest, type FactTest, isVague } from "./fact-conditions.ts";
import { overlap, type TimeRange } from "./period.ts";
import { areGiven, type Leaf, tagOf } from "./rollup-query.ts";

/** What figures that are kept can answer. */
export interface FigureQuery {
  range: TimeRange;
  /** Whether calls with such facts are asked for. */
  wants: FactTest;
  /** Absent when it does not matter which tags a call has. */
  tag?: string;
  /** True if `wants` may leave it open whether calls match. */
  isVague: boolean;
}

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
    wants: allHold(tests),
    ...(tag !== undefined && { tag }),
    isVague: propertiesOf(filter).some(isVague),
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
