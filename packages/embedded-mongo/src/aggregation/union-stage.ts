import type { Document } from "bson";

import { asDocument } from "../bson-type.ts";
import { CommandError, unsupported } from "../errors.ts";
import type { Work } from "../turns.ts";
import type { PipelineEnvironment } from "./pipeline-environment.ts";

const FIELDS = new Set(["coll", "pipeline"]);

/** Parses `$unionWith` in its form with `coll` and `pipeline`. */
export function parseUnion(
  operand: unknown,
): (documents: readonly Document[], environment: PipelineEnvironment) => Work<Document[]> {
  const source = asDocument(operand);
  if (source === undefined) throw unsupported("$unionWith without 'coll' and 'pipeline'");
  const unknown = Object.keys(source).find((name) => !FIELDS.has(name));
  if (unknown !== undefined)
    throw new CommandError(40415, `BSON field '$unionWith.${unknown}' is an unknown field.`);
  const { coll, pipeline } = source as { coll?: unknown; pipeline?: unknown };
  if (typeof coll !== "string" || pipeline === undefined)
    throw unsupported("$unionWith without 'coll' and 'pipeline'");
  if (!Array.isArray(pipeline))
    throw new CommandError("TypeMismatch", "BSON field '$unionWith.pipeline' must be an array");
  return function* unite(documents, { aggregate }) {
    return [...documents, ...(yield* aggregate(coll, pipeline))];
  };
}
