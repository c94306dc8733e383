import type { Document } from "bson";

import { asDocument } from "../bson-type.ts";
import { CommandError } from "../errors.ts";
import type { PipelineEnvironment } from "./pipeline-environment.ts";

const FIELDS = new Set(["coll", "pipeline"]);

/** Parses `$unionWith`: the name of a collection, or `coll` and the `pipeline` to run on it. */
export function parseUnion(
  operand: unknown,
): (documents: readonly Document[], environment: PipelineEnvironment) => Document[] {
  const source = typeof operand === "string" ? { coll: operand } : asDocument(operand);
  if (source === undefined)
    throw new CommandError(
      "FailedToParse",
      "the $unionWith stage specification must be an object or string",
    );
  const unknown = Object.keys(source).find((name) => !FIELDS.has(name));
  if (unknown !== undefined)
    throw new CommandError(40415, `BSON field '$unionWith.${unknown}' is an unknown field.`);
  const { coll, pipeline = [] } = source as { coll?: unknown; pipeline?: unknown };
  if (typeof coll !== "string")
    throw new CommandError(
      "NotImplemented",
      "$unionWith without a collection is not supported by this server",
    );
  if (!Array.isArray(pipeline))
    throw new CommandError("TypeMismatch", "BSON field '$unionWith.pipeline' must be an array");
  return (documents, { aggregate }) => [...documents, ...aggregate(coll, pipeline)];
}
