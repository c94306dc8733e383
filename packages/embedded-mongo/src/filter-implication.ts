import { compareValues, sameValue } from "./bson-order.ts";
import { rankOf } from "./bson-type.ts";
import type { Filter, LeafFilter } from "./filter.ts";

/** Whether tests joined by "and" can only hold where a filter holds; "no" means not proven. */
export function impliesFilter(tests: readonly LeafFilter[], filter: Filter): boolean {
  switch (filter.kind) {
    case "and":
      return filter.children.every((child) => impliesFilter(tests, child));
    case "leaf":
      return tests.some((test) => test.path === filter.path && impliesLeaf(test, filter));
    case "or":
    case "nor":
    case "not":
    case "element":
      return false;
  }
}

function impliesLeaf(test: LeafFilter, wanted: LeafFilter): boolean {
  if (test.operator === wanted.operator && sameValue(test.operand, wanted.operand)) return true;
  if (test.operator === "$eq" && !Array.isArray(test.operand)) {
    return test.operand !== null && test.operand !== undefined && wanted.test(test.operand);
  }
  if (wanted.operator === "$exists") return isRange(test) && !test.test(undefined);
  return impliesRange(test, wanted);
}

function isRange({ operator }: LeafFilter): boolean {
  return ["$gt", "$gte", "$lt", "$lte"].includes(operator);
}

function impliesRange(test: LeafFilter, wanted: LeafFilter): boolean {
  if (!isRange(test) || !isRange(wanted) || rankOf(test.operand) !== rankOf(wanted.operand))
    return false;
  const sign = test.operator.startsWith("$g") ? 1 : -1;
  if (test.operator.slice(0, 2) !== wanted.operator.slice(0, 2)) return false;
  const order = compareValues(test.operand, wanted.operand) * sign;
  return order > 0 || (order === 0 && !test.operator.endsWith("e"));
}
