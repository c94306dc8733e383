import { compareValues, sameValue } from "../bson-order.ts";
import { typeOf } from "../bson-type.ts";
import { CommandError } from "../errors.ts";
import {
  type Expression,
  type ParseOperator,
  isNothing,
  isTrue,
  nullable,
  operator,
} from "./expression-type.ts";

type Parse = Parameters<ParseOperator>[1];

/** The operators that compare and choose values, and `$setUnion`. */
export const VALUE_OPERATORS: Readonly<Record<string, ParseOperator>> = {
  $eq: operator([2, 2], sameValue),
  $ifNull: parseIfNull,
  $cond: parseCond,
  $setUnion: nullable([0, Infinity], (...arrays) => unique(arrays.flatMap(setOf))),
};

function parseIfNull(operand: unknown, parse: Parse): Expression {
  if (!Array.isArray(operand) || operand.length < 2) {
    throw new CommandError(1257300, "$ifNull needs at least two arguments");
  }
  const expressions = operand.map(parse);
  const last = expressions.at(-1) as Expression;
  return (document) => {
    for (const expression of expressions) {
      const value = expression(document);
      if (!isNothing(value) || expression === last) return value;
    }
    return null;
  };
}

function parseCond(operand: unknown, parse: Parse): Expression {
  if (!Array.isArray(operand) || operand.length !== 3)
    throw new CommandError(
      16020,
      "Expression $cond takes exactly 3 arguments, which this server takes as an array only",
    );
  const [test, yes, no] = operand.map(parse) as [Expression, Expression, Expression];
  return (document) => (isTrue(test(document)) ? yes(document) : no(document));
}

function setOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  throw new CommandError(
    17043,
    `The argument to $setUnion must be an array, but was of type: ${typeOf(value)}`,
  );
}

function unique(values: readonly unknown[]): unknown[] {
  const sorted = values.toSorted(compareValues);
  return sorted.filter((value, index) => index === 0 || !sameValue(sorted[index - 1], value));
}
