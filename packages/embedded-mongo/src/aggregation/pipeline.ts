import type { Document } from "bson";

import { toNumber } from "../bson-number.ts";
import { asDocument } from "../bson-type.ts";
import { CommandError, unsupported } from "../errors.ts";
import { noteUse } from "../feature-use.ts";
import { matchFilter } from "../match-filter.ts";
import { parseFilter } from "../parse-filter.ts";
import { parseProjection, project } from "../projection.ts";
import { parseSort, sortBy } from "../sort-documents.ts";
import { PAUSE, type Work } from "../turns.ts";
import { parseExpression } from "./expression.ts";
import { parseGroup } from "./group-stage.ts";
import type { PipelineEnvironment } from "./pipeline-environment.ts";
import { parseUnion } from "./union-stage.ts";
import { parseUnwind } from "./unwind-stage.ts";

/** A parsed stage: documents in, documents out, at once or with pauses. */
export type Stage = (
  documents: readonly Document[],
  environment: PipelineEnvironment,
) => readonly Document[] | Work<readonly Document[]>;

/** The stages by name. */
export const STAGES: Readonly<Record<string, (operand: unknown) => Stage>> = {
  $match: parseMatch,
  $sort: parseSortStage,
  $limit: parseLimit,
  $project: parseProject,
  $set: parseSet,
  $group: parseGroupStage,
  $unwind: parseUnwind,
  $unionWith: parseUnion,
};

/** Parses a pipeline; refuses what MongoDB does not know or this server does not support. */
export function parsePipeline(stages: readonly unknown[]): Stage[] {
  return stages.map((source) => {
    const stage = asDocument(source);
    const names = Object.keys(stage ?? {});
    const name = names[0];
    if (stage === undefined)
      throw new CommandError(
        "TypeMismatch",
        "Each element of the 'pipeline' array must be an object",
      );
    if (name === undefined || names.length > 1) {
      throw new CommandError(
        40323,
        "A pipeline stage specification object must contain exactly one field.",
      );
    }
    noteUse("stage", name);
    if (name === "$changeStream")
      throw new CommandError(40573, "The $changeStream stage is only supported on replica sets");
    const parse = Object.hasOwn(STAGES, name) ? STAGES[name] : undefined;
    if (parse === undefined)
      throw new CommandError(
        40324,
        `Unrecognized pipeline stage name: '${name}', or not supported by this server`,
      );
    return parse(stage[name]);
  });
}

/** Runs stages one after the other. */
export function* runStages(
  documents: readonly Document[],
  stages: readonly Stage[],
  environment: PipelineEnvironment,
): Work<readonly Document[]> {
  let current = documents;
  for (const stage of stages) {
    const next = stage(current, environment);
    current = "next" in next ? yield* next : next;
  }
  return current;
}

function fieldsOf(operand: unknown, { code, name }: { code: number; name: string }): Document {
  const fields = asDocument(operand);
  if (fields === undefined)
    throw new CommandError(code, `${name} specification stage must be an object`);
  return fields;
}

function parseMatch(operand: unknown): Stage {
  const filter = parseFilter(fieldsOf(operand, { code: 15959, name: "$match" }));
  return function* match(documents, { deadline }) {
    const matching: Document[] = [];
    for (const document of documents) {
      if (deadline.check()) yield PAUSE;
      if (matchFilter(filter, document)) matching.push(document);
    }
    return matching;
  };
}

function parseSortStage(operand: unknown): Stage {
  const fields = parseSort(fieldsOf(operand, { code: 15973, name: "$sort" }));
  if (fields.length === 0)
    throw new CommandError(15976, "$sort stage must have at least one sort key");
  return (documents) => sortBy(documents, fields, (document) => document);
}

function parseLimit(operand: unknown): Stage {
  const limit = toNumber(operand);
  if (limit === undefined || !Number.isInteger(limit) || limit < 0)
    throw new CommandError(
      5107201,
      "invalid argument to $limit stage: Expected a non-negative number",
    );
  if (limit === 0) throw new CommandError(15958, "the limit must be positive");
  return (documents) => documents.slice(0, limit);
}

function parseProject(operand: unknown): Stage {
  const projection = parseProjection(fieldsOf(operand, { code: 15969, name: "$project" }));
  if (projection === undefined)
    throw new CommandError(
      51272,
      "Invalid $project :: caused by :: projection specification must have at least one field",
    );
  return (documents) => documents.map((document) => project(projection, document));
}

function parseSet(operand: unknown): Stage {
  const fields = Object.entries(fieldsOf(operand, { code: 40272, name: "$set" })).map(
    ([name, value]) => ({ name, expression: parseSetField(name, value) }),
  );
  return (documents) =>
    documents.map((document) => {
      const result = { ...document };
      for (const { name, expression } of fields) {
        const value = expression(document);
        if (value === undefined) delete result[name];
        else result[name] = value;
      }
      return result;
    });
}

function parseSetField(name: string, value: unknown): ReturnType<typeof parseExpression> {
  if (name === "" || name.startsWith("$"))
    throw new CommandError(
      16410,
      `FieldPath field names may not be empty or start with '$': '${name}'`,
    );
  const isNested = asDocument(value) !== undefined && !isOperator(value as Document);
  if (name.includes(".") || isNested) throw unsupported("$set of a field inside a document");
  return parseExpression(value);
}

function isOperator(value: Document): boolean {
  return Object.keys(value)[0]?.startsWith("$") === true;
}

function parseGroupStage(operand: unknown): Stage {
  const group = parseGroup(operand);
  return (documents, { deadline }) => group(documents, deadline);
}
