import { Int32 } from "bson";

import { compareValues, sameValue } from "../bson-order.ts";
import { asDocument } from "../bson-type.ts";
import { CommandError } from "../errors.ts";
import {
  type Expression,
  type ParseOperator,
  isNothing,
  isTrue,
  operator,
} from "./expression-type.ts";

type Parse = Parameters<ParseOperator>[1];

/** The operators of comparison, logic and choice. */
export const LOGIC_OPERATORS: Readonly<Record<string, ParseOperator>> = {
  $eq: operator([2, 2], sameValue),
  $ne: operator([2, 2], (a, b) => !sameValue(a, b)),
  $gt: operator([2, 2], (a, b) => compareValues(a, b) > 0),
  $gte: operator([2, 2], (a, b) => compareValues(a, b) >= 0),
  $lt: operator([2, 2], (a, b) => compareValues(a, b) < 0),
  $lte: operator([2, 2], (a, b) => compareValues(a, b) <= 0),
  $cmp: operator([2, 2], (a, b) => new Int32(Math.sign(compareValues(a, b)))),
  $and: listOperator(
    (expressions) => (scope) => expressions.every((expression) => isTrue(expression(scope))),
  ),
  $or: listOperator(
    (expressions) => (scope) => expressions.some((expression) => isTrue(expression(scope))),
  ),
  $not: operator([1, 1], (value) => !isTrue(value)),
  $ifNull: parseIfNull,
  $cond: parseCond,
  $switch: parseSwitch,
};

function listOperator(make: (expressions: readonly Expression[]) => Expression): ParseOperator {
  return (operand, parse) =>
    make((Array.isArray(operand) ? (operand as unknown[]) : [operand]).map(parse));
}

function parseIfNull(operand: unknown, parse: Parse): Expression {
  if (!Array.isArray(operand) || operand.length < 2) {
    throw new CommandError(1257300, "$ifNull needs at least two arguments");
  }
  const expressions = operand.map(parse);
  const last = expressions.at(-1) as Expression;
  return (scope) => {
    for (const expression of expressions) {
      const value = expression(scope);
      if (!isNothing(value) || expression === last) return value;
    }
    return null;
  };
}

function parseCond(operand: unknown, parse: Parse): Expression {
  const named = asDocument(operand);
  const list = named === undefined ? operand : [named["if"], named["then"], named["else"]];
  if (!Array.isArray(list) || list.length !== 3)
    throw new CommandError(16020, "Expression $cond takes exactly 3 arguments");
  const unknown =
    named === undefined
      ? undefined
      : Object.keys(named).find((name) => !["if", "then", "else"].includes(name));
  if (unknown !== undefined)
    throw new CommandError(17083, `Unrecognized parameter to $cond: ${unknown}`);
  if (list.includes(undefined))
    throw new CommandError(17080, "Missing 'if', 'then' or 'else' parameter to $cond");
  const [test, yes, no] = list.map(parse) as [Expression, Expression, Expression];
  return (scope) => (isTrue(test(scope)) ? yes(scope) : no(scope));
}

function parseSwitch(operand: unknown, parse: Parse): Expression {
  const source = asDocument(operand);
  const list: unknown = source?.["branches"];
  if (source === undefined || !Array.isArray(list))
    throw new CommandError(40060, "$switch requires an object with an array 'branches'");
  if (list.length === 0) throw new CommandError(40068, "$switch requires at least one branch.");
  const branches = list.map((entry: unknown) => {
    const branch = asDocument(entry);
    if (branch?.["case"] === undefined || branch["then"] === undefined)
      throw new CommandError(
        40067,
        "$switch requires each branch have a 'case' and a 'then' expression",
      );
    return { test: parse(branch["case"]), result: parse(branch["then"]) };
  });
  const fallback = source["default"] === undefined ? undefined : parse(source["default"]);
  return (scope) => {
    const branch = branches.find(({ test }) => isTrue(test(scope)));
    if (branch !== undefined) return branch.result(scope);
    if (fallback === undefined)
      throw new CommandError(
        40066,
        "$switch could not find a matching branch for an input, and no default was specified.",
      );
    return fallback(scope);
  };
}
