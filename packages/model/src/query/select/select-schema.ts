import { z } from "zod";

import { PROPERTIES } from "../../call/call-log.ts";
import { QUERY_NAMES } from "../query-names.ts";
import { columnsOf, FIXED_PROPERTIES, type SelectableRelation } from "./select.ts";
import { directionSchema } from "./sort-direction.ts";
import { MAX_SORT_KEYS } from "./sort.ts";

// What a selection and a sort order look like, for the API's documentation.

function columnsSchema(relation: SelectableRelation): z.ZodType {
  const names = ["_id", ...columnsOf(relation)];
  return z.strictObject(Object.fromEntries(names.map((name) => [name, z.boolean().optional()])));
}

const fixedSchema = Object.fromEntries(
  Object.entries(FIXED_PROPERTIES).map(([name, value]) => [
    name,
    z
      .boolean()
      .optional()
      .meta({ description: `Always ${value}; for OneUptime's client code` }),
  ]),
);

/** What a selection looks like. */
export const selectSchema = z
  .strictObject({
    ...Object.fromEntries(
      Object.entries(PROPERTIES).map(([name, { kind, description }]) => {
        const columns = () => columnsSchema(name as SelectableRelation);
        const value = kind === "relation" ? z.union([z.boolean(), columns()]) : z.boolean();
        return [name, value.optional().meta({ description })];
      }),
    ),
    ...fixedSchema,
  })
  .meta({
    id: QUERY_NAMES.select,
    title: "Select",
    description: "Properties to answer with. `_id` always is; without a selection it is alone.",
  });

/** What a sort order looks like. */
export const sortSchema = z
  .strictObject(
    Object.fromEntries(
      Object.keys(PROPERTIES)
        .filter((name) => name !== "callData")
        .map((name) => [name, directionSchema().optional()]),
    ),
  )
  .meta({
    id: QUERY_NAMES.sort,
    title: "Sort",
    description: "Up to three properties with their direction; newest first without it.",
    maxProperties: MAX_SORT_KEYS,
  });
