import type { Document } from "bson";

import { asDocument } from "../bson-type.ts";
import { CommandError } from "../errors.ts";
import { findDocuments } from "../find-documents.ts";
import { parseFilter } from "../parse-filter.ts";
import { valuesAt } from "../values-at.ts";
import type { PipelineEnvironment } from "./pipeline-environment.ts";
import { setPath } from "./set-path.ts";

const FIELDS = ["from", "localField", "foreignField", "as"];

/** Parses `$lookup` in its form with two fields. */
export function parseLookup(
  operand: unknown,
): (documents: readonly Document[], environment: PipelineEnvironment) => Document[] {
  const source = asDocument(operand);
  const names = Object.keys(source ?? {});
  if (source === undefined || names.some((name) => name === "pipeline" || name === "let")) {
    throw new CommandError(
      "NotImplemented",
      "$lookup with a pipeline is not supported by this server",
    );
  }
  const [from, localField, foreignField, as] = FIELDS.map((name) => source[name] as unknown);
  if (
    typeof from !== "string" ||
    typeof localField !== "string" ||
    typeof foreignField !== "string" ||
    typeof as !== "string"
  ) {
    throw new CommandError(
      "FailedToParse",
      "$lookup takes the strings 'from', 'localField', 'foreignField' and 'as'",
    );
  }
  if (names.length !== FIELDS.length)
    throw new CommandError("FailedToParse", "unknown argument to $lookup");
  return (documents, { findCollection, deadline }) => {
    const collection = findCollection(from);
    return documents.map((document) => {
      deadline.check();
      const local = valuesAt(document, localField.split("."));
      const filter = parseFilter({ [foreignField]: { $in: local.length === 0 ? [null] : local } });
      const query = { filter, sort: [], skip: 0, limit: 0 };
      const found =
        collection === undefined ? [] : findDocuments(collection, query, deadline).documents;
      return setPath(
        document,
        as.split("."),
        found.map(({ value }) => value),
      ) as Document;
    });
  };
}
