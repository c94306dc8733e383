import { BSONRegExp, DBRef, type Document } from "bson";

import { toNumber } from "./bson-number.ts";
import { asDocument, isNumeric } from "./bson-type.ts";
import { CommandError, unsupported } from "./errors.ts";
import { noteUse } from "./feature-use.ts";
import type { Filter, LeafFilter } from "./filter.ts";
import { type LeafTest, equalTo, hasType, matchesRegex, oneOf, orderedBy } from "./leaf-tests.ts";
import { matchFilter } from "./match-filter.ts";

/** The operators that combine filters. */
export const LOGICAL_OPERATORS = ["$and", "$or", "$nor"] as const;

/** Parses a query document; refuses what MongoDB does not know or this server does not support. */
export function parseFilter(query: Document): Filter {
  return joinAll(Object.entries(query).map(([name, operand]) => parseEntry(name, operand)));
}

function joinAll(children: readonly Filter[]): Filter {
  return children.length === 1 ? (children[0] as Filter) : { kind: "and", children };
}

function parseEntry(name: string, operand: unknown): Filter {
  if (!name.startsWith("$")) return parseField(name, operand);
  noteUse("filter", name);
  if (isLogical(name))
    return { kind: name.slice(1) as "and" | "or" | "nor", children: parseList(name, operand) };
  if (REFUSED_AT_TOP.has(name)) throw unsupported(name);
  throw new CommandError(
    "BadValue",
    `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
  );
}

function isLogical(name: string): boolean {
  return (LOGICAL_OPERATORS as readonly string[]).includes(name);
}

function parseList(name: string, operand: unknown): Filter[] {
  if (!Array.isArray(operand)) throw new CommandError("BadValue", `${name} must be an array`);
  if (operand.length === 0)
    throw new CommandError("BadValue", "$and/$or/$nor must be a nonempty array");
  return operand.map((entry: unknown) => {
    const query = asDocument(entry);
    if (query === undefined)
      throw new CommandError("BadValue", "$or/$and/$nor entries need to be full objects");
    return parseFilter(query);
  });
}

function parseField(path: string, operand: unknown): Filter {
  if (operand instanceof BSONRegExp)
    return leaf({ path, operator: "$regex", operand }, matchesRegex(operand));
  if (!isOperatorDocument(operand))
    return leaf({ path, operator: "$eq", operand }, equalTo(operand));
  return joinAll(parseOperators(path, operand as Document));
}

/** Whether a value is a document of operators such as `{ $gt: 1 }`. */
export function isOperatorDocument(value: unknown): boolean {
  const document = asDocument(value);
  if (document === undefined || value instanceof DBRef) return false;
  return Object.keys(document)[0]?.startsWith("$") ?? false;
}

function parseOperators(path: string, operators: Document): Filter[] {
  if ("$options" in operators && !("$regex" in operators)) {
    throw new CommandError("BadValue", "$options needs a $regex");
  }
  return Object.keys(operators)
    .filter((name) => name !== "$options")
    .map((name) => parseOperator({ path, operator: name, operand: operators[name] }, operators));
}

type LeafHead = Pick<LeafFilter, "path" | "operator" | "operand">;

function leaf(head: LeafHead, test: LeafTest, expandLeaf = true): LeafFilter {
  return { kind: "leaf", ...head, parts: head.path.split("."), expandLeaf, test };
}

function parseOperator(head: LeafHead, siblings: Document): Filter {
  const { operator } = head;
  noteUse("filter", operator);
  const parse = Object.hasOwn(FIELD_OPERATORS, operator) ? FIELD_OPERATORS[operator] : undefined;
  if (parse !== undefined) return parse(head, siblings);
  if (REFUSED.has(operator)) throw unsupported(operator);
  throw new CommandError("BadValue", `unknown operator: ${operator}`);
}

/** Operators that MongoDB has and this server refuses: at the top of a query, and at a field. */
const REFUSED_AT_TOP = new Set([
  "$comment",
  "$expr",
  "$jsonSchema",
  "$sampleRate",
  "$text",
  "$where",
]);
const REFUSED = new Set([
  "$bitsAllClear",
  "$bitsAllSet",
  "$bitsAnyClear",
  "$bitsAnySet",
  "$geoIntersects",
  "$geoWithin",
  "$mod",
  "$near",
  "$nearSphere",
]);

type ParseOperator = (head: LeafHead, siblings: Document) => Filter;

/** The operators at a field by name; `$options` belongs to `$regex`. */
export const FIELD_OPERATORS: Readonly<Record<string, ParseOperator>> = {
  $eq: (head) => leaf(head, equalTo(head.operand)),
  $ne: (head) => {
    if (head.operand instanceof BSONRegExp)
      throw new CommandError("BadValue", "Can't have regex as arg to $ne.");
    return not(leaf({ ...head, operator: "$eq" }, equalTo(head.operand)));
  },
  $gt: (head) => leaf(head, orderedBy("$gt", orderable(head))),
  $gte: (head) => leaf(head, orderedBy("$gte", orderable(head))),
  $lt: (head) => leaf(head, orderedBy("$lt", orderable(head))),
  $lte: (head) => leaf(head, orderedBy("$lte", orderable(head))),
  $in: (head) => leaf(head, oneOf(members(head))),
  $nin: (head) => not(leaf({ ...head, operator: "$in" }, oneOf(members(head)))),
  $exists: (head) => {
    const exists = leaf({ ...head, operator: "$exists" }, (value) => value !== undefined, false);
    return isTruthy(head.operand) ? exists : not(exists);
  },
  $type: (head) => leaf(head, hasType(head.operand)),
  $size: (head) => {
    const size = sizeOf(head.operand);
    return leaf(head, (value) => Array.isArray(value) && value.length === size, false);
  },
  $regex: (head, siblings) => leaf(head, matchesRegex(regexOf(head.operand, siblings["$options"]))),
  $not: parseNot,
  $all: parseAll,
  $elemMatch: parseElemMatch,
};

function not(child: Filter): Filter {
  return { kind: "not", child };
}

function orderable({ operator, operand }: LeafHead): unknown {
  if (!(operand instanceof BSONRegExp)) return operand;
  throw new CommandError(
    "BadValue",
    `Can't have RegEx as arg to predicate over field with ${operator}.`,
  );
}

function members({ operator, operand }: LeafHead): unknown[] {
  if (!Array.isArray(operand)) throw new CommandError("BadValue", `${operator} needs an array`);
  if (operand.some(isOperatorDocument))
    throw new CommandError("BadValue", "cannot nest $ under $in");
  return operand;
}

function isTruthy(value: unknown): boolean {
  return isNumeric(value)
    ? toNumber(value) !== 0
    : value !== null && value !== undefined && value !== false;
}

function sizeOf(operand: unknown): number {
  const size = toNumber(operand);
  if (size === undefined)
    throw new CommandError("BadValue", "Failed to parse $size. Expected a number");
  if (!Number.isInteger(size))
    throw new CommandError("BadValue", "Failed to parse $size. Expected an integer");
  if (size < 0)
    throw new CommandError("BadValue", "Failed to parse $size. Expected a non-negative number");
  return size;
}

function regexOf(operand: unknown, options: unknown): BSONRegExp {
  if (options !== undefined && typeof options !== "string") {
    throw new CommandError("BadValue", "$options has to be a string");
  }
  if (typeof operand === "string") return new BSONRegExp(operand, options ?? "");
  if (!(operand instanceof BSONRegExp))
    throw new CommandError("BadValue", "$regex has to be a string");
  if (options !== undefined && operand.options !== "") {
    throw new CommandError(51074, "options set in both $regex and $options");
  }
  return new BSONRegExp(operand.pattern, options ?? operand.options);
}

function parseNot({ path, operand }: LeafHead): Filter {
  if (operand instanceof BSONRegExp) return not(parseField(path, operand));
  const operators = asDocument(operand);
  if (operators === undefined)
    throw new CommandError("BadValue", "$not needs a regex or a document");
  const children = parseOperators(path, operators);
  if (children.length === 0) throw new CommandError("BadValue", "$not cannot be empty");
  return not(joinAll(children));
}

function parseAll({ path, operand }: LeafHead): Filter {
  if (!Array.isArray(operand)) throw new CommandError("BadValue", "$all needs an array");
  if (operand.length === 0) return { kind: "or", children: [] };
  const elements = operand.map((entry: unknown) => asDocument(entry)?.["$elemMatch"] as unknown);
  if (elements.every((entry) => entry !== undefined)) {
    return joinAll(
      elements.map((entry) => parseElemMatch({ path, operator: "$elemMatch", operand: entry })),
    );
  }
  if (elements.some((entry) => entry !== undefined) || operand.some(isOperatorDocument)) {
    throw new CommandError("BadValue", "no $ expressions in $all");
  }
  return joinAll(operand.map((entry: unknown) => parseField(path, entry)));
}

function parseElemMatch({ path, operand }: LeafHead): Filter {
  const query = asDocument(operand);
  if (query === undefined) throw new CommandError("BadValue", "$elemMatch needs an Object");
  const first = Object.keys(query)[0];
  if (first === undefined || !first.startsWith("$") || isLogical(first)) {
    const child = parseFilter(query);
    const accepts = (element: unknown): boolean =>
      isContainer(element) && matchFilter(child, element);
    return { kind: "element", path, parts: path.split("."), accepts, query: child };
  }
  const tests = parseOperators("0", query).map(elementTest);
  const accepts = (element: unknown): boolean => tests.every((test) => test(element));
  return { kind: "element", path, parts: path.split("."), accepts };
}

function isContainer(value: unknown): boolean {
  return Array.isArray(value) || asDocument(value) !== undefined;
}

// An element is tested as it is: an array inside the array is not looked into.
function elementTest(filter: Filter): LeafTest {
  switch (filter.kind) {
    case "leaf":
      return filter.test;
    case "not": {
      const test = elementTest(filter.child);
      return (value) => !test(value);
    }
    case "and": {
      const tests = filter.children.map(elementTest);
      return (value) => tests.every((test) => test(value));
    }
    case "element":
      return (value) => Array.isArray(value) && value.some(filter.accepts);
    case "or":
      return () => false;
    case "nor":
      throw unsupported("$nor inside a value $elemMatch");
  }
}
