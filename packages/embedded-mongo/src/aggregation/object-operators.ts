import type { Document } from "bson";

import { asDocument, typeOf } from "../bson-type.ts";
import { CommandError } from "../errors.ts";
import {
  type Expression,
  type ParseOperator,
  isNothing,
  nullable,
  operator,
} from "./expression-type.ts";

/** The operators of documents. */
export const OBJECT_OPERATORS: Readonly<Record<string, ParseOperator>> = {
  $mergeObjects: operator([0, Infinity], (...operands) =>
    mergeObjects(operands.length === 1 && Array.isArray(operands[0]) ? operands[0] : operands),
  ),
  $objectToArray: nullable([1, 1], (value) => {
    const document = documentOf(value, 40390, "$objectToArray");
    return Object.entries(document).map(([k, v]: [string, unknown]) => ({ k, v }));
  }),
  $arrayToObject: nullable([1, 1], arrayToObject),
  $getField: parseGetField,
};

/** Merges documents; nothing counts as an empty one. */
export function mergeObjects(operands: readonly unknown[]): Document {
  const documents = operands.filter((operand) => !isNothing(operand));
  return Object.assign(
    {},
    ...documents.map((operand) => documentOf(operand, 40400, "$mergeObjects")),
  ) as Document;
}

function documentOf(value: unknown, code: number, name: string): Document {
  const document = asDocument(value);
  if (document === undefined)
    throw new CommandError(code, `${name} requires object inputs, but found ${typeOf(value)}`);
  return document;
}

function arrayToObject(value: unknown): Document {
  if (!Array.isArray(value))
    throw new CommandError(
      40386,
      `$arrayToObject requires an array input, found: ${typeOf(value)}`,
    );
  const entries = value.map((entry: unknown): [string, unknown] => {
    const pair = asDocument(entry);
    const [key, own] = Array.isArray(entry)
      ? (entry as unknown[])
      : [pair?.["k"] as unknown, pair?.["v"] as unknown];
    if (typeof key !== "string")
      throw new CommandError(
        40392,
        "$arrayToObject requires keys that are strings, in pairs or in objects with 'k' and 'v'",
      );
    return [key, own];
  });
  return Object.fromEntries(entries);
}

function parseGetField(operand: unknown, parse: (source: unknown) => Expression): Expression {
  const source = asDocument(operand);
  const field: unknown = source === undefined ? operand : source["field"];
  if (typeof field !== "string")
    throw new CommandError(5654601, "$getField requires 'field' to be a constant string");
  const input: Expression =
    source?.["input"] === undefined ? ({ root }) => root : parse(source["input"]);
  return (scope) => {
    const document = asDocument(input(scope));
    return document !== undefined && Object.hasOwn(document, field) ? document[field] : undefined;
  };
}
