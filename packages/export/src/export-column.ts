import {
  PROPERTIES,
  type PropertyName,
  RELATION_NAMES,
  type RelationName,
  SNAPSHOT_COLUMNS,
  type SnapshotColumn,
} from "@call-log/model";
import { z } from "zod";

/** A column of a CSV file: a property, or one column of a related object such as `incident.title`. */
export type ExportColumn =
  | Exclude<PropertyName, "project">
  | `${RelationName}.${SnapshotColumn | "_id"}`;

/** Columns of an export by default: every property, in the order of the API. The project is its id. */
export const PROPERTY_COLUMNS = (Object.keys(PROPERTIES) as PropertyName[]).filter(
  (name) => name !== "project",
);

const RELATION_COLUMNS = RELATION_NAMES.flatMap((relation) =>
  ["_id", ...SNAPSHOT_COLUMNS].map((column) => `${relation}.${column}`),
);

const COLUMNS: ReadonlySet<string> = new Set([...PROPERTY_COLUMNS, ...RELATION_COLUMNS]);

/** Columns as a caller writes them: names with commas between them, each at most once. */
export const exportColumns = z
  .string({ error: "must be names of properties, with commas between them" })
  .transform((text, context): ExportColumn[] => {
    const names = text.split(",").map((name) => name.trim());
    const unknown = names.find((name) => !COLUMNS.has(name));
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (unknown === undefined && twice === undefined) return names as ExportColumn[];
    const message =
      unknown === undefined
        ? `must name ${twice} once`
        : `must be names of properties, with commas between them; allowed: ${PROPERTY_COLUMNS.join(", ")}, and of related objects columns such as incident.title`;
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  });
