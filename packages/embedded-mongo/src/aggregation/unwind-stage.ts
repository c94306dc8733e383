import { type Document, Long } from "bson";

import { asDocument } from "../bson-type.ts";
import { CommandError } from "../errors.ts";
import { setPath } from "./set-path.ts";

/** Parses `$unwind`. */
export function parseUnwind(operand: unknown): (documents: readonly Document[]) => Document[] {
  const source = typeof operand === "string" ? { path: operand } : asDocument(operand);
  const path: unknown = source?.["path"];
  if (source === undefined)
    throw new CommandError(
      15981,
      "expected either a string or an object as specification for $unwind stage",
    );
  if (typeof path !== "string") throw new CommandError(28812, "no path specified to $unwind stage");
  if (!path.startsWith("$") || path.length < 2)
    throw new CommandError(
      28818,
      `path option to $unwind stage should be prefixed with a '$': ${path}`,
    );
  const unknown = Object.keys(source).find(
    (name) => !["path", "includeArrayIndex", "preserveNullAndEmptyArrays"].includes(name),
  );
  if (unknown !== undefined)
    throw new CommandError(28811, `unrecognized option to $unwind stage: ${unknown}`);
  const indexPath = source["includeArrayIndex"] as string | undefined;
  const keepEmpty = source["preserveNullAndEmptyArrays"] === true;
  const parts = path.slice(1).split(".");
  return (documents) =>
    documents.flatMap((document) => unwindOne(document, { parts, keepEmpty, indexPath }));
}

interface Unwind {
  readonly parts: readonly string[];
  readonly keepEmpty: boolean;
  readonly indexPath: string | undefined;
}

function unwindOne(document: Document, { parts, keepEmpty, indexPath }: Unwind): Document[] {
  const value = parts.reduce<unknown>(
    (container, part) => asDocument(container)?.[part] as unknown,
    document,
  );
  const withIndex = (result: Document, index: number | undefined): Document =>
    indexPath === undefined
      ? result
      : (setPath(
          result,
          indexPath.split("."),
          index === undefined ? null : Long.fromNumber(index),
        ) as Document);
  if (Array.isArray(value)) {
    if (value.length === 0)
      return keepEmpty
        ? [withIndex(setPath(document, parts, undefined) as Document, undefined)]
        : [];
    return value.map((element: unknown, index) =>
      withIndex(setPath(document, parts, element) as Document, index),
    );
  }
  if (value === undefined || value === null)
    return keepEmpty ? [withIndex(document, undefined)] : [];
  return [withIndex(document, undefined)];
}
