import type { Document } from "bson";

import { toNumber } from "../bson-number.ts";
import { isNumeric } from "../bson-type.ts";
import { CommandError } from "../errors.ts";

/** A parsed expression; it returns `undefined` for a missing value. */
export type Expression = (document: Document) => unknown;

/** Makes an expression of an operator's operand; `parse` parses the expressions inside it. */
export type ParseOperator = (
  operand: unknown,
  parse: (source: unknown) => Expression,
) => Expression;

/** Whether a value counts as true in an expression. */
export function isTrue(value: unknown): boolean {
  if (isNothing(value) || value === false) return false;
  return !isNumeric(value) || toNumber(value) !== 0;
}

/** Whether a value is null or missing. */
export function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}

/** Makes an operator from a function of its evaluated operands; the pair bounds how many it takes. */
export function operator(
  [least, most]: readonly [number, number],
  apply: (...operands: unknown[]) => unknown,
): ParseOperator {
  return (operand, parse) => {
    const sources = Array.isArray(operand) ? (operand as unknown[]) : [operand];
    if (sources.length < least || sources.length > most) {
      throw new CommandError(
        16020,
        `Expression takes ${least} to ${most} arguments. ${sources.length} were passed in.`,
      );
    }
    const expressions = sources.map(parse);
    return (document) => apply(...expressions.map((expression) => expression(document)));
  };
}

/** Makes an operator that yields null when an operand is null or missing. */
export function nullable(
  counts: readonly [number, number],
  apply: (...operands: unknown[]) => unknown,
): ParseOperator {
  return operator(counts, (...operands) => (operands.some(isNothing) ? null : apply(...operands)));
}
