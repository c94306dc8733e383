import type { Document } from "bson";

import { asDocument } from "../bson-type.ts";
import type { Deadline } from "../deadline.ts";
import { equalityText } from "../equality-text.ts";
import { CommandError } from "../errors.ts";
import { noteUse } from "../feature-use.ts";
import { PAUSE, type Work } from "../turns.ts";
import { ACCUMULATORS, type Accumulator } from "./accumulators.ts";
import type { Expression } from "./expression-type.ts";
import { parseExpression } from "./expression.ts";

interface GroupField {
  readonly name: string;
  readonly start: () => Accumulator;
  readonly value: Expression;
}

interface Group {
  readonly id: unknown;
  readonly accumulators: readonly Accumulator[];
}

/** Parses `$group`. */
export function parseGroup(
  operand: unknown,
): (documents: readonly Document[], deadline: Deadline) => Work<Document[]> {
  const source = asDocument(operand);
  if (source === undefined)
    throw new CommandError(15947, "a group's fields must be specified in an object");
  if (!("_id" in source))
    throw new CommandError(15955, "a group specification must include an _id");
  const id = parseExpression(source["_id"]);
  const fields = Object.entries(source)
    .filter(([name]) => name !== "_id")
    .map(([name, value]) => parseField(name, value));
  return function* group(documents, deadline) {
    const groups = new Map<string, Group>();
    for (const document of documents) {
      if (deadline.check()) yield PAUSE;
      addToGroup(groups, { id: id(document), document }, fields);
    }
    return [...groups.values()].map((one) => groupDocument(one, fields));
  };
}

function parseField(name: string, value: unknown): GroupField {
  const source = asDocument(value);
  const [operatorName, ...others] = Object.keys(source ?? {});
  if (source === undefined || operatorName?.startsWith("$") !== true) {
    throw new CommandError(40234, `The field '${name}' must be an accumulator object`);
  }
  if (name.includes("."))
    throw new CommandError(40235, `The field name '${name}' cannot contain '.'`);
  if (others.length > 0)
    throw new CommandError(40238, `The field '${name}' must specify one accumulator`);
  noteUse("accumulator", operatorName);
  const start = Object.hasOwn(ACCUMULATORS, operatorName) ? ACCUMULATORS[operatorName] : undefined;
  if (start === undefined) {
    throw new CommandError(
      15952,
      `unknown group operator '${operatorName}', or not supported by this server`,
    );
  }
  return { name, start, value: parseExpression(source[operatorName]) };
}

function addToGroup(
  groups: Map<string, Group>,
  { id, document }: { id: unknown; document: Document },
  fields: readonly GroupField[],
): void {
  const known = id === undefined ? null : id;
  const key = equalityText(known);
  let group = groups.get(key);
  if (group === undefined) {
    group = { id: known, accumulators: fields.map((field) => field.start()) };
    groups.set(key, group);
  }
  for (const [index, field] of fields.entries())
    group.accumulators[index]?.add(field.value(document));
}

function groupDocument({ id, accumulators }: Group, fields: readonly GroupField[]): Document {
  const result: Document = { _id: id };
  for (const [index, field] of fields.entries()) result[field.name] = accumulators[index]?.result();
  return result;
}
