import { type Document, Int32 } from "bson";

import { toNumber, toSafeInteger } from "../bson-number.ts";
import { asDocument } from "../bson-type.ts";
import { Deadline } from "../deadline.ts";
import { CommandError } from "../errors.ts";
import { matchFilter } from "../match-filter.ts";
import { parseFilter } from "../parse-filter.ts";
import { parseProjection, project } from "../projection.ts";
import { parseSort, sortBy } from "../sort-documents.ts";
import { evaluate, parseExpression } from "./expression.ts";
import { parseGroup } from "./group-stage.ts";
import { parseLookup } from "./lookup-stage.ts";
import type { PipelineEnvironment } from "./pipeline-environment.ts";
import { setPath } from "./set-path.ts";
import { parseUnion } from "./union-stage.ts";
import { parseUnwind } from "./unwind-stage.ts";

/** A parsed stage: documents in, documents out. */
export type Stage = (
  documents: readonly Document[],
  environment: PipelineEnvironment,
) => readonly Document[];

const STAGES: Readonly<Record<string, (operand: unknown) => Stage>> = {
  $match: parseMatch,
  $sort: parseSortStage,
  $limit: (operand) => {
    const limit = parseCount(operand, "$limit");
    if (limit === 0) throw new CommandError(15958, "the limit must be positive");
    return (documents) => documents.slice(0, limit);
  },
  $skip: (operand) => {
    const skip = parseCount(operand, "$skip");
    return (documents) => documents.slice(skip);
  },
  $project: parseProject,
  $addFields: parseAddFields,
  $set: parseAddFields,
  $unset: parseUnset,
  $group: parseGroupStage,
  $unwind: parseUnwind,
  $count: parseCountStage,
  $facet: parseFacet,
  $sortByCount: parseSortByCount,
  $replaceRoot: (operand) => parseReplace(asDocument(operand)?.["newRoot"]),
  $replaceWith: parseReplace,
  $lookup: parseLookup,
  $unionWith: parseUnion,
  $sample: parseSample,
};

/** Stages that MongoDB has and this server refuses. */
const REFUSED = new Set(
  "$bucket $bucketAuto $changeStreamSplitLargeEvent $collStats $currentOp $densify $documents $fill $geoNear $graphLookup $indexStats $listLocalSessions $listSessions $merge $out $planCacheStats $redact $search $setWindowFields $vectorSearch".split(
    " ",
  ),
);

/** Parses a pipeline and refuses what MongoDB, or this server, does not know. */
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
    if (name === "$changeStream")
      throw new CommandError(40573, "The $changeStream stage is only supported on replica sets");
    if (REFUSED.has(name))
      throw new CommandError("NotImplemented", `${name} is not supported by this server`);
    const parse = Object.hasOwn(STAGES, name) ? STAGES[name] : undefined;
    if (parse === undefined)
      throw new CommandError(40324, `Unrecognized pipeline stage name: '${name}'`);
    return parse(stage[name]);
  });
}

/** Runs stages one after the other. */
export function runStages(
  documents: readonly Document[],
  stages: readonly Stage[],
  environment: PipelineEnvironment,
): readonly Document[] {
  return stages.reduce((current, stage) => stage(current, environment), documents);
}

const UPDATE_STAGES = new Set([
  "$addFields",
  "$set",
  "$project",
  "$unset",
  "$replaceRoot",
  "$replaceWith",
]);

/** Runs the pipeline of an update on one document. */
export function runPipelineOn(document: Document, stages: readonly unknown[]): Document {
  const names = stages.flatMap((stage) => Object.keys(asDocument(stage) ?? {}));
  const refused = names.find((name) => !UPDATE_STAGES.has(name));
  if (refused !== undefined)
    throw new CommandError(
      "InvalidOptions",
      `${refused} is not allowed to be used within an update`,
    );
  const environment = {
    deadline: new Deadline(undefined),
    findCollection: () => undefined,
    aggregate: () => [],
  };
  return runStages([document], parsePipeline(stages), environment)[0] ?? document;
}

function fieldsOf(operand: unknown, { code, name }: { code: number; name: string }): Document {
  const fields = asDocument(operand);
  if (fields === undefined)
    throw new CommandError(code, `${name} specification stage must be an object`);
  return fields;
}

function parseMatch(operand: unknown): Stage {
  const filter = parseFilter(fieldsOf(operand, { code: 15959, name: "$match" }));
  return (documents, { deadline }) =>
    documents.filter((document) => {
      deadline.check();
      return matchFilter(filter, document);
    });
}

function parseSortStage(operand: unknown): Stage {
  const fields = parseSort(fieldsOf(operand, { code: 15973, name: "$sort" }));
  if (fields.length === 0)
    throw new CommandError(15976, "$sort stage must have at least one sort key");
  return (documents) => sortBy(documents, fields, (document) => document);
}

function parseCount(operand: unknown, name: "$limit" | "$skip"): number {
  const value = toNumber(operand);
  if (value !== undefined && Number.isInteger(value) && value >= 0) return value;
  throw new CommandError(
    name === "$limit" ? 5107201 : 5107200,
    `invalid argument to ${name} stage: Expected a non-negative number`,
  );
}

function parseProject(operand: unknown): Stage {
  const projection = parseProjection(
    fieldsOf(operand, { code: 15969, name: "$project" }),
    "expressions only",
  );
  if (projection === undefined)
    throw new CommandError(
      51272,
      "Invalid $project :: caused by :: projection specification must have at least one field",
    );
  return (documents) => documents.map((document) => project(projection, document));
}

function parseAddFields(operand: unknown): Stage {
  const fields = flattenFields(fieldsOf(operand, { code: 40272, name: "$addFields" }), []).map(
    ({ parts, value }) => ({
      parts,
      expression: parseExpression(value),
    }),
  );
  return (documents) =>
    documents.map((document) =>
      fields.reduce<Document>(
        (result, { parts, expression }) =>
          setPath(result, parts, evaluate(expression, document)) as Document,
        document,
      ),
    );
}

// A document without an operator names fields of a field; they are added to what is there.
function flattenFields(
  fields: Document,
  prefix: readonly string[],
): { parts: string[]; value: unknown }[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    const parts = [...prefix, ...name.split(".")];
    if (parts.some((part) => part === "" || part.startsWith("$"))) {
      throw new CommandError(
        16410,
        `FieldPath field names may not be empty or start with '$': '${name}'`,
      );
    }
    const nested = asDocument(value);
    const names = Object.keys(nested ?? {});
    if (nested !== undefined && names.length === 0)
      throw new CommandError(
        40180,
        "an empty object is not a valid value. Use { $literal: {} } instead",
      );
    return nested === undefined || names[0]?.startsWith("$") === true
      ? [{ parts, value: value as unknown }]
      : flattenFields(nested, parts);
  });
}

function parseUnset(operand: unknown): Stage {
  const paths: unknown[] = Array.isArray(operand) ? operand : [operand];
  if (paths.length === 0 || !paths.every((path) => typeof path === "string")) {
    throw new CommandError(31002, "$unset specification must be a string or an array of strings");
  }
  return parseProject(Object.fromEntries(paths.map((path) => [path, false])));
}

function parseGroupStage(operand: unknown): Stage {
  const group = parseGroup(operand);
  return (documents, { deadline }) => group(documents, deadline);
}

function parseCountStage(operand: unknown): Stage {
  if (typeof operand !== "string")
    throw new CommandError(40156, "the count field must be a non-empty string");
  if (operand === "") throw new CommandError(40157, "the count field must be a non-empty string");
  if (operand.startsWith("$"))
    throw new CommandError(40158, "the count field cannot be a $-prefixed path");
  if (operand.includes(".")) throw new CommandError(40160, "the count field cannot contain '.'");
  return (documents) =>
    documents.length === 0 ? [] : [{ [operand]: new Int32(documents.length) }];
}

function parseFacet(operand: unknown): Stage {
  const fields = fieldsOf(operand, { code: 40169, name: "$facet" });
  const facets = Object.entries(fields).map(([name, stages]) => {
    if (!Array.isArray(stages))
      throw new CommandError(40170, `arguments to $facet must be arrays, ${name} is none`);
    if (stages.some((stage) => "$facet" in (asDocument(stage) ?? {})))
      throw new CommandError(40600, "$facet is not allowed to be used within a $facet stage");
    return { name, stages: parsePipeline(stages) };
  });
  if (facets.length === 0)
    throw new CommandError(40169, "the $facet specification must be a non-empty object");
  return (documents, environment) => [
    Object.fromEntries(
      facets.map(({ name, stages }) => [name, runStages(documents, stages, environment)]),
    ),
  ];
}

function parseSortByCount(operand: unknown): Stage {
  const group = parseGroupStage({ _id: operand, count: { $sum: new Int32(1) } });
  const sort = parseSortStage({ count: new Int32(-1) });
  return (documents, environment) => sort(group(documents, environment), environment);
}

function parseReplace(operand: unknown): Stage {
  const expression = parseExpression(operand);
  return (documents) =>
    documents.map((document) => {
      const root = asDocument(evaluate(expression, document));
      if (root === undefined)
        throw new CommandError(40228, "'newRoot' expression must evaluate to an object");
      return root;
    });
}

function parseSample(operand: unknown): Stage {
  const size = toSafeInteger(asDocument(operand)?.["size"]);
  if (size === undefined || size < 1)
    throw new CommandError(28747, "size argument to $sample must be a positive integer");
  return (documents) => {
    const rest = [...documents];
    const taken: Document[] = [];
    while (taken.length < size && rest.length > 0) {
      taken.push(...rest.splice(Math.floor(Math.random() * rest.length), 1));
    }
    return taken;
  };
}
