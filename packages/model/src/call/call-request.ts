import { z } from "zod";

import { timeZone } from "../callee/quiet-hours.ts";
import { phoneNumber } from "../phone/phone-number.ts";
import { spokenLanguage, spokenVoice } from "../speech/spoken-language.ts";
import { canAcknowledge, say, spokenText } from "../speech/spoken-step.ts";
import { emptyTexts, mapTexts } from "../speech/step-texts.ts";
import { wholeNumber } from "../value/number-range.ts";
import { objectId } from "../value/object-id.ts";
import { onlyKeys } from "../value/only-keys.ts";
import { shortText } from "../value/short-text.ts";
import { timestampInput } from "../value/timestamp.ts";
import { notify } from "../webhook/notify.ts";
import { RELATION_NAMES, RELATIONS, relationIdName, type RelationName } from "./relation.ts";
import { retryPolicy } from "./retry-policy.ts";

/** When a call counts as having reached somebody. */
export const REACHED_WHEN = ["answered", "human", "acknowledged"] as const;

/** What happens with an attempt that the provider could not be asked about within the window. */
export const ON_UNKNOWN = ["hold", "retry"] as const;

/** Classes of priority; the first is served first. */
export const PRIORITIES = ["emergency", "normal", "low"] as const;

/** A class of priority. */
export type Priority = (typeof PRIORITIES)[number];

/** A related resource as the caller gives it; stored unchanged with the call. */
export const relationSnapshot = onlyKeys({
  _id: objectId.meta({ description: "Its id in your system" }),
  name: shortText(500).optional().meta({ description: "Its name", example: "Ada" }),
  title: shortText(500).optional().meta({ description: "Its title", example: "Database down" }),
  email: shortText(500).optional().meta({ description: "Its email", example: "ada@shop.example" }),
  number: z
    .union([shortText(100).or(z.literal("")), z.number()])
    .optional()
    .meta({
      description: "Its number",
      example: 42,
    }),
}).meta({ id: "RelationSnapshot", title: "Snapshot" });

/** A related resource as the caller gave it. */
export type RelationSnapshot = z.output<typeof relationSnapshot>;

type RelationFields = { [N in RelationName]: z.ZodOptional<typeof relationSnapshot> } & {
  [N in RelationName as `${N}Id`]: z.ZodOptional<typeof objectId>;
};

const relationFields = Object.fromEntries(
  RELATION_NAMES.flatMap((name) => [
    [
      relationIdName(name),
      objectId.optional().meta({ description: `Id of the ${RELATIONS[name].title} of this call` }),
    ],
    [
      name,
      relationSnapshot.optional().meta({
        description: `${RELATIONS[name].title} of this call`,
      }),
    ],
  ]),
) as RelationFields;

const callRequestFields = onlyKeys({
  toNumber: phoneNumber.meta({ description: "Number to call" }),
  fromNumber: phoneNumber.optional().meta({
    description:
      "Number to call from: the project's own or one lent to it. Default: the project's number for the callee's country",
  }),
  say,
  sayIfEmpty: spokenText.optional().meta({
    description:
      "Replaces every text in which nothing remains to say, such as an empty one or one of control characters alone. Without it, such a request is refused",
    example: "An alert without a text.",
  }),
  language: spokenLanguage.optional(),
  voice: spokenVoice.optional(),
  idempotencyKey: shortText(255).optional().meta({
    description:
      "The same key and body give the same call log; the same key with another body is refused",
    example: "incident-123-page-1",
  }),
  purpose: shortText(100).optional().meta({
    description: "At most one open call per callee and purpose",
    example: "incident-123",
  }),
  priority: z.enum(PRIORITIES).optional().meta({
    description: "Order of calls that wait for a turn; normal when absent",
    example: "emergency",
  }),
  timeZone: timeZone.optional().meta({
    description: "The callee's time zone, for the project's quiet hours",
  }),
  scheduledAt: timestampInput.optional().meta({ description: "Not dialled before this time" }),
  deadlineAt: timestampInput.optional().meta({
    description: "After this time the call is not dialled: it becomes Expired",
    example: "2026-11-23T03:42:00Z",
  }),
  retry: retryPolicy.default(retryPolicy.parse({})),
  reachedWhen: z.enum(REACHED_WHEN).default("answered").meta({
    description: "What counts as reached",
    example: "human",
  }),
  onUnknown: z.enum(ON_UNKNOWN).default("hold").meta({
    description:
      "When the provider's answer was lost and no call is found: hold for a person, or call again (a duplicate is better than none)",
    example: "retry",
  }),
  sensitive: z.boolean().default(false).meta({
    description: "The spoken text is never shown and is deleted when the call has ended",
    example: true,
  }),
  timeLimitSeconds: wholeNumber(5, 14_400).optional().meta({
    description: "Longest duration of the call, in seconds; the provider's limit when absent",
    example: 120,
  }),
  ringTimeoutSeconds: wholeNumber(5, 600).optional().meta({
    description: "Longest time to ring, in seconds; the provider's limit when absent",
    example: 30,
  }),
  tags: z
    .array(shortText(64))
    .max(20, { error: "must be at most 20 tags" })
    .default([])
    .meta({ description: "Words to find the call by", example: ["night"] }),
  notify: notify.optional(),
  ...relationFields,
});

const NOTHING_TO_SAY =
  "must have something that can be said; control characters, colour codes and half characters are left out";

function withoutEmptyTexts(
  request: z.output<typeof callRequestFields>,
): z.output<typeof callRequestFields> {
  const { sayIfEmpty, ...rest } = request;
  if (sayIfEmpty === undefined) return rest;
  const say = request.say.length === 0 ? [{ say: sayIfEmpty }] : request.say;
  return { ...rest, say: mapTexts(say, (text) => text || sayIfEmpty) };
}

/** A request to place a call; the same for every transport. */
export const callRequest = callRequestFields
  .superRefine((request, context) => {
    const refuse = (path: (string | number)[], message: string) =>
      context.addIssue({ code: "custom", path, message });
    const { scheduledAt, deadlineAt, sayIfEmpty } = request;
    if (sayIfEmpty === "") refuse(["sayIfEmpty"], NOTHING_TO_SAY);
    if (sayIfEmpty === undefined)
      for (const path of emptyTexts(request.say)) refuse(["say", ...path], NOTHING_TO_SAY);
    if (scheduledAt && deadlineAt && deadlineAt <= scheduledAt)
      refuse(["deadlineAt"], "must be after scheduledAt");
    if (request.reachedWhen === "acknowledged" && !canAcknowledge(request.say))
      refuse(
        ["reachedWhen"],
        '"acknowledged" needs a gather step with a digit that has "acknowledge": true',
      );
    for (const name of RELATION_NAMES) {
      const given = request[relationIdName(name)];
      if (given && request[name] && request[name]._id !== given)
        refuse([name], `has another _id than ${relationIdName(name)}`);
    }
  })
  .overwrite(withoutEmptyTexts)
  .meta({ id: "CallRequest", title: "Call request" });

/** A request to place a call, parsed. */
export type CallRequest = z.output<typeof callRequest>;

/** A request to place a call, as a caller writes it. */
export type CallRequestInput = z.input<typeof callRequest>;

/** A parsed call request with the request as it was sent, from which the digest of a repetition is made. */
export const sentCallRequest = z
  .custom<CallRequestInput>()
  .transform((sent, context): { request: CallRequest; sent: unknown } => {
    const parsed = callRequest.safeParse(sent);
    if (parsed.success) return { request: parsed.data, sent };
    context.issues.push(...(parsed.error.issues as z.core.$ZodRawIssue[]));
    return z.NEVER;
  });
