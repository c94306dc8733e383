import { z } from "zod";

import { actor } from "../audit/actor.ts";
import { onlyKeys } from "../value/only-keys.ts";
import { trimmedText } from "../value/short-text.ts";
import { timestamp } from "../value/timestamp.ts";

/** Most views that a project keeps. */
export const MOST_SAVED_VIEWS = 100;

/** Input that saves a view of the list of calls for everybody in the project. */
export const newSavedView = onlyKeys({
  name: trimmedText(60).meta({
    description: "Name of the view",
    example: "Not reached last night",
  }),
  query: z
    .string({ error: "must be text" })
    .max(2000, { error: "must be at most 2000 characters" })
    .regex(/^[\w\-.~%+&=:,*!'()@/;]*$/, {
      error: "must be the query of an address, without its question mark",
    })
    .meta({
      description: "Filters, order and time range, as in the dashboard's address",
      example: "status=No+Answer&range=24h",
    }),
});

/** A view of the list of calls, as a caller saves it. */
export type NewSavedView = z.output<typeof newSavedView>;

/** A view of the list of calls that a project keeps. */
export const savedView = z.object({
  _id: z.string(),
  projectId: z.string(),
  name: z.string(),
  query: z.string(),
  createdAt: timestamp,
  createdBy: actor,
});

/** A view of the list of calls that a project keeps. */
export type SavedView = z.output<typeof savedView>;
