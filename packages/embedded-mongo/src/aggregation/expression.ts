import type { Document } from "bson";

import { asDocument } from "../bson-type.ts";
import { CommandError, unsupported } from "../errors.ts";
import { noteUse } from "../feature-use.ts";
import { DATE_OPERATORS } from "./date-operators.ts";
import type { Expression, ParseOperator } from "./expression-type.ts";
import { NUMBER_OPERATORS } from "./number-operators.ts";
import { VALUE_OPERATORS } from "./value-operators.ts";

/** The operators of expressions by name. */
export const EXPRESSION_OPERATORS: Readonly<Record<string, ParseOperator>> = {
  ...DATE_OPERATORS,
  ...NUMBER_OPERATORS,
  ...VALUE_OPERATORS,
};

/** Parses an aggregation expression. */
export function parseExpression(source: unknown): Expression {
  if (typeof source === "string") return parseString(source);
  if (Array.isArray(source)) {
    const elements = source.map(parseExpression);
    return (root) => elements.map((element) => nullIfMissing(element(root)));
  }
  const document = asDocument(source);
  if (document === undefined) return () => source;
  const names = Object.keys(document);
  if (names[0]?.startsWith("$") !== true) return parseObject(document);
  if (names.length > 1) {
    throw new CommandError(
      15983,
      "an expression specification must contain exactly one field, the name of the expression",
    );
  }
  return parseOperator(names[0], document[names[0]]);
}

function nullIfMissing(value: unknown): unknown {
  return value === undefined ? null : value;
}

function parseOperator(name: string, operand: unknown): Expression {
  noteUse("expression", name);
  const parse = Object.hasOwn(EXPRESSION_OPERATORS, name) ? EXPRESSION_OPERATORS[name] : undefined;
  if (parse !== undefined) return parse(operand, parseExpression);
  throw new CommandError(
    "InvalidPipelineOperator",
    `Unrecognized expression '${name}', or not supported by this server`,
  );
}

function parseObject(document: Document): Expression {
  const fields = Object.entries(document).map(
    ([name, value]) => [name, parseExpression(value)] as const,
  );
  return (root) => {
    const result: Document = {};
    for (const [name, expression] of fields) {
      const value = expression(root);
      if (value !== undefined) result[name] = value;
    }
    return result;
  };
}

function parseString(source: string): Expression {
  if (!source.startsWith("$")) return () => source;
  if (source.startsWith("$$")) throw unsupported(`the variable '${source}'`);
  const parts = splitPath(source.slice(1));
  return (root) => valueAt(root, parts, 0);
}

function splitPath(path: string): string[] {
  const parts = path.split(".");
  if (path === "") throw new CommandError(16872, "'$' by itself is not a valid FieldPath");
  if (parts.includes(""))
    throw new CommandError(15998, "FieldPath field names may not be empty strings.");
  if (parts.some((part) => part.startsWith("$")))
    throw new CommandError(16410, "FieldPath field names may not start with '$'.");
  return parts;
}

// An array on the way yields the array of its documents' values.
function valueAt(value: unknown, parts: readonly string[], depth: number): unknown {
  if (depth === parts.length) return value;
  if (Array.isArray(value)) return valuesIn(value, parts, depth);
  const document = asDocument(value);
  const name = parts[depth] as string;
  return document !== undefined && Object.hasOwn(document, name)
    ? valueAt(document[name], parts, depth + 1)
    : undefined;
}

function valuesIn(array: readonly unknown[], parts: readonly string[], depth: number): unknown[] {
  return array
    .filter((element) => asDocument(element) !== undefined)
    .map((element) => valueAt(element, parts, depth))
    .filter((element) => element !== undefined);
}
