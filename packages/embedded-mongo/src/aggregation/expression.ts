import type { Document } from "bson";

import { asDocument } from "../bson-type.ts";
import { CommandError } from "../errors.ts";
import { ARITHMETIC_OPERATORS } from "./arithmetic-operators.ts";
import { ARRAY_OPERATORS } from "./array-operators.ts";
import { CONVERSION_OPERATORS } from "./conversion-operators.ts";
import { DATE_OPERATORS } from "./date-operators.ts";
import { type Expression, type ParseOperator, isTrue } from "./expression-type.ts";
import { LOGIC_OPERATORS } from "./logic-operators.ts";
import { OBJECT_OPERATORS } from "./object-operators.ts";
import { SCOPE_OPERATORS } from "./scope-operators.ts";
import { STRING_OPERATORS } from "./string-operators.ts";

const OPERATORS: Readonly<Record<string, ParseOperator>> = {
  ...ARITHMETIC_OPERATORS,
  ...ARRAY_OPERATORS,
  ...CONVERSION_OPERATORS,
  ...DATE_OPERATORS,
  ...LOGIC_OPERATORS,
  ...OBJECT_OPERATORS,
  ...SCOPE_OPERATORS,
  ...STRING_OPERATORS,
  $literal: (operand) => () => operand,
};

const NO_VARIABLES = {};

/** Evaluates an expression on a document. */
export function evaluate(expression: Expression, root: Document): unknown {
  return expression({ root, variables: NO_VARIABLES });
}

/** Parses an aggregation expression. */
export function parseExpression(source: unknown): Expression {
  if (typeof source === "string") return parseString(source);
  if (Array.isArray(source)) {
    const elements = source.map(parseExpression);
    return (scope) => elements.map((element) => nullIfMissing(element(scope)));
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
  const parse = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
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
  return (scope) => {
    const result: Document = {};
    for (const [name, expression] of fields) {
      const value = expression(scope);
      if (value !== undefined) result[name] = value;
    }
    return result;
  };
}

function parseString(source: string): Expression {
  if (!source.startsWith("$")) return () => source;
  if (!source.startsWith("$$"))
    return pathExpression(({ root }) => root, splitPath(source.slice(1)));
  const [name = "", ...rest] = source.slice(2).split(".");
  return pathExpression(variable(name), rest);
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

function variable(name: string): Expression {
  if (name === "ROOT" || name === "CURRENT") return ({ root }) => root;
  if (name === "REMOVE") return () => undefined;
  if (name === "NOW") {
    // One moment for the whole command, which is parsed once.
    const now = new Date();
    return () => now;
  }
  if (!/^[a-z][A-Za-z0-9_]*$/.test(name))
    throw new CommandError(
      "FailedToParse",
      `'${name}' starts with an invalid character for a user variable name`,
    );
  return ({ variables }) => {
    if (!Object.hasOwn(variables, name))
      throw new CommandError(17276, `Use of undefined variable: ${name}`);
    return variables[name];
  };
}

function pathExpression(start: Expression, parts: readonly string[]): Expression {
  return parts.length === 0 ? start : (scope) => valueAt(start(scope), parts, 0);
}

// An array on the way yields the array of what its documents have.
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

/** Parses an aggregation expression to a test of documents. */
export function parsePredicate(source: unknown): (document: Document) => boolean {
  const expression = parseExpression(source);
  return (document) => isTrue(evaluate(expression, document));
}
