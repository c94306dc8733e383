import { type Document } from "bson";

import { asDocument, typeOf } from "../bson-type.ts";
import { CommandError } from "../errors.ts";
import {
  type Expression,
  type ParseOperator,
  type Scope,
  isNothing,
  isTrue,
} from "./expression-type.ts";

type Parse = Parameters<ParseOperator>[1];

/** The operators that bind variables. */
export const SCOPE_OPERATORS: Readonly<Record<string, ParseOperator>> = {
  $let: parseLet,
  $map: parseMap,
  $filter: parseFilterArray,
  $reduce: parseReduce,
};

function bind(scope: Scope, variables: Readonly<Record<string, unknown>>): Scope {
  return { root: scope.root, variables: { ...scope.variables, ...variables } };
}

function fieldsOf(operand: unknown, name: string): Document {
  const source = asDocument(operand);
  if (source === undefined)
    throw new CommandError(16878, `${name} only supports an object as its argument`);
  return source;
}

function required(
  source: Document,
  field: string,
  { name, parse }: { name: string; parse: Parse },
): Expression {
  if (!(field in source)) throw new CommandError(16880, `Missing '${field}' parameter to ${name}`);
  return parse(source[field]);
}

function elementName(source: Document): string {
  const name: unknown = source["as"] ?? "this";
  if (typeof name === "string" && /^[a-z][A-Za-z0-9_]*$/.test(name)) return name;
  throw new CommandError(
    "FailedToParse",
    `'${String(name)}' is not a valid name for a user variable`,
  );
}

function arrayIn(value: unknown, name: string): unknown[] | undefined {
  if (isNothing(value)) return undefined;
  if (!Array.isArray(value))
    throw new CommandError(16883, `input to ${name} must be an array not ${typeOf(value)}`);
  return value;
}

function parseLet(operand: unknown, parse: Parse): Expression {
  const source = fieldsOf(operand, "$let");
  const variables = Object.entries(fieldsOf(source["vars"], "$let")).map(
    ([name, value]) => [name, parse(value)] as const,
  );
  const body = required(source, "in", { name: "$let", parse });
  return (scope) =>
    body(bind(scope, Object.fromEntries(variables.map(([name, value]) => [name, value(scope)]))));
}

function parseMap(operand: unknown, parse: Parse): Expression {
  const source = fieldsOf(operand, "$map");
  const input = required(source, "input", { name: "$map", parse });
  const body = required(source, "in", { name: "$map", parse });
  const as = elementName(source);
  return (scope) =>
    arrayIn(input(scope), "$map")?.map((element) => {
      const value = body(bind(scope, { [as]: element }));
      return value === undefined ? null : value;
    }) ?? null;
}

function parseFilterArray(operand: unknown, parse: Parse): Expression {
  const source = fieldsOf(operand, "$filter");
  if (source["limit"] !== undefined)
    throw new CommandError("NotImplemented", "'limit' of $filter is not supported by this server");
  const input = required(source, "input", { name: "$filter", parse });
  const test = required(source, "cond", { name: "$filter", parse });
  const as = elementName(source);
  return (scope) =>
    arrayIn(input(scope), "$filter")?.filter((element) =>
      isTrue(test(bind(scope, { [as]: element }))),
    ) ?? null;
}

function parseReduce(operand: unknown, parse: Parse): Expression {
  const source = fieldsOf(operand, "$reduce");
  const input = required(source, "input", { name: "$reduce", parse });
  const initial = required(source, "initialValue", { name: "$reduce", parse });
  const body = required(source, "in", { name: "$reduce", parse });
  return (scope) => {
    const array = arrayIn(input(scope), "$reduce");
    if (array === undefined) return null;
    return array.reduce(
      (value, element) => body(bind(scope, { value, this: element })),
      initial(scope),
    );
  };
}
