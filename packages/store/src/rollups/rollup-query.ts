import type { Filter, Operand, Test } from "@call-log/model";

import { EVER, timesOf } from "../queries/times-asked-for.ts";
import { overlap, type TimeRange } from "./period.ts";

/** True for the requested statuses. */
export type StatusTest = (status: string) => boolean;

/** The part of a filter that sums can answer: times, and either statuses or a tag if any are requested. */
export interface RollupQuery {
  range: TimeRange;
  /** The filter without its times. */
  beside: Filter;
  /** Absent when every status is requested. */
  statuses?: StatusTest;
  /** The requested statuses, if they are named. */
  named?: readonly string[];
  /** Else those that are not requested. */
  excluded?: readonly string[];
  /** Absent when it does not matter which tags a call has. */
  tag?: string;
}

/**
 * A filter as sums can answer it, or undefined when it has anything but ranges of createdAt and either sets of statuses
 * or one tag, all of which must hold.
 */
export function rollupQuery(filter: Filter): RollupQuery | undefined {
  const leaves = leavesOf(filter);
  const times = leaves?.filter(({ path }) => path === "createdAt").map(({ test }) => timesOf(test));
  const others = leaves?.filter(({ path }) => path !== "createdAt") ?? [];
  if (!areGiven(times)) return undefined;
  const asked = {
    range: times.reduce(overlap, EVER),
    beside: { kind: "and", filters: others } as const,
  };
  const tag = tagOf(others);
  if (tag !== undefined) return { ...asked, tag };
  const tests = others.map(({ path, test }) => (path === "status" ? statusesOf(test) : undefined));
  if (!areGiven(tests)) return undefined;
  if (tests.length === 0) return asked;
  const statuses: StatusTest = (status) => tests.every((holds) => holds(status));
  const named = others.map(({ test }) => test).find(({ kind }) => kind === "is" || kind === "in");
  if (named !== undefined) return { ...asked, statuses, named: textsOf(named).filter(statuses) };
  return { ...asked, statuses, excluded: others.flatMap(({ test }) => textsOf(test)) };
}

/** A condition on one property. */
export type Leaf = Extract<Filter, { kind: "leaf" }>;

/** The conditions that must all hold; undefined for a filter that has alternatives. */
export function leavesOf(filter: Filter): Leaf[] | undefined {
  if (filter.kind === "leaf") return [filter];
  if (filter.kind !== "and") return undefined;
  const leaves = filter.filters.map(leavesOf);
  return areGiven(leaves) ? leaves.flat() : undefined;
}

/** True if none of them is undefined. */
export function areGiven<T>(values: readonly (T | undefined)[] | undefined): values is T[] {
  return values?.every((value) => value !== undefined) ?? false;
}

/** The statuses of a test; a call log has one, so that null is asked for, too, changes nothing. */
export function statusesOf(test: Test): StatusTest | undefined {
  if (test.kind === "is") return oneOf([test.value]);
  if (test.kind === "in") return oneOf(test.values);
  if (test.kind === "isNot") return noneOf([test.value]);
  return test.kind === "notIn" ? noneOf(test.values) : undefined;
}

function textsOf(test: Test): string[] {
  const values =
    test.kind === "is" || test.kind === "isNot"
      ? [test.value]
      : test.kind === "in" || test.kind === "notIn"
        ? test.values
        : [];
  return values.filter((value) => typeof value === "string");
}

/** The one tag that the only condition asks for: of a list, each of these asks whether it has the value. */
export function tagOf([leaf, ...others]: readonly Leaf[]): string | undefined {
  if (leaf?.path !== "tags" || others.length > 0) return undefined;
  const { test } = leaf;
  const values =
    test.kind === "is"
      ? [test.value]
      : test.kind === "in" || test.kind === "all"
        ? test.values
        : [];
  const [value] = values;
  return values.length === 1 && typeof value === "string" ? value : undefined;
}

/** One of these values. */
export function oneOf(values: readonly Operand[]): StatusTest {
  const set: ReadonlySet<Operand> = new Set(values);
  return (status) => set.has(status);
}

/** None of these values. */
export function noneOf(values: readonly Operand[]): StatusTest {
  const isOne = oneOf(values);
  return (status) => !isOne(status);
}
