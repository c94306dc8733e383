import type { Selection } from "@call-log/model";
import type { Document } from "mongodb";

/** The stored fields that a selection needs; `_id` always is one. */
export function toProjection({ properties, relations }: Selection): Document {
  const names = Object.entries(relations).flatMap(([name, columns]) =>
    columns.length > 0 && name !== "project" ? [`${name}Id`, name] : [`${name}Id`],
  );
  return Object.fromEntries(["_id", ...properties, ...names].map((name) => [name, 1]));
}
