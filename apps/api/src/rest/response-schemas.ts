import {
  type PropertyKind,
  type PropertyName,
  PROPERTIES,
  publicAttempt,
  timestamp,
} from "@call-log/model";
import { z } from "zod";

const relationResponse = z
  .object({
    _id: z.string(),
    name: z.string().nullish(),
    title: z.string().nullish(),
    email: z.string().nullish(),
    number: z.union([z.string(), z.number()]).nullish(),
    profilePictureId: z.null().optional().meta({ description: "Of a user; always null" }),
  })
  .meta({ id: "Relation", description: "A related object: its id and the selected columns" });

const attemptResponse = publicAttempt.meta({
  id: "Attempt",
  description: "One try to place the call, with its events",
});

/** What a property of each kind looks like in an answer. */
const ANSWERS: Record<PropertyKind, z.ZodType> = {
  id: z.string(),
  date: timestamp,
  phone: z.string(),
  text: z.string(),
  number: z.number(),
  json: z.record(z.string(), z.unknown()),
  relation: relationResponse,
  attempts: z.array(attemptResponse),
  texts: z.array(z.string()),
};

function propertySchema(name: PropertyName): z.ZodType {
  const { kind, description } = PROPERTIES[name];
  return ANSWERS[kind].nullish().meta({ description });
}

const names = Object.keys(PROPERTIES) as PropertyName[];

/** A call log as an answer shows it: `_id`, and what was selected; null stands for no value. */
export const callLogResponse = z
  .object({
    ...Object.fromEntries(names.map((name) => [name, propertySchema(name)])),
    _id: z.string().meta({ description: PROPERTIES._id.description }),
    deletedAt: z.null().optional().meta({ description: "Always null: nothing is deleted" }),
    version: z
      .int()
      .min(1)
      .max(1)
      .optional()
      .meta({ description: "Always 1; for OneUptime's client code" }),
  })
  .meta({ id: "CallLog", description: "A call log: `_id`, and the selected properties" });

/** How many match, in every answer that counts. */
export const counted = {
  count: z.int().min(0).meta({ description: "How many match in all, whatever skip and limit" }),
  countedFrom: z.iso.datetime().optional().meta({
    description:
      "Only with `inParts`, where counting took longer than five seconds: `count` is of what was created from then on; count what is older by createdAt",
  }),
};

/** Answer of a count. */
export const countResponse = z.object(counted);

/** Answer of a list. */
export const listResponse = z.object({
  data: z.array(callLogResponse),
  ...counted,
  skip: z.int().min(0),
  limit: z.int().min(1),
  nextCursor: z.string().optional().meta({
    description: "Goes on from here; absent on the last page and when the sort is not by createdAt",
  }),
});

/** Answer of a dispatch. */
export const dispatchResponse = z.object({
  _id: z.string().meta({ description: "Id of the call log: read it, or wait for its end" }),
  status: z.string().meta({ description: "Queued or Scheduled, or where a repeated one stands" }),
});

/** Answer of what was done with a call. */
export const stateResponse = z.object({
  _id: z.string().meta({ description: "Id of the call log" }),
  status: z.string().meta({ description: "Its status now" }),
});

/** Answer of every refusal. */
export const errorResponse = z
  .object({
    error: z.string().meta({ description: "What was wrong, where, and what is allowed there" }),
    message: z.string().meta({ description: "The same text" }),
    code: z.string().meta({ description: "Machine-readable code" }),
    requestId: z.string().meta({ description: "Under which the log has more" }),
  })
  .meta({ id: "Error" });
