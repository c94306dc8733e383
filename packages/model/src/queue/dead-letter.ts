import { z } from "zod";

import { type ErrorCode, ERROR_CODES } from "../error/error-code.ts";
import { withMaskedNumbers } from "../phone/masked-number.ts";
import { cursorInput } from "../query/inputs/list-input.ts";
import { limit, skip } from "../query/inputs/page.ts";
import { onlyKeys } from "../value/only-keys.ts";

/** What has become of a refused request: nothing yet, accepted after all, or given up by a person. */
export const DEAD_LETTER_STATES = ["open", "replayed", "dropped"] as const;

/** What has become of a refused request. */
export type DeadLetterState = (typeof DEAD_LETTER_STATES)[number];

const ERROR_CODE_NAMES = Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]];

/** A call request from the queue that was refused, as it is listed. */
export const deadLetter = z.object({
  _id: z.string(),
  createdAt: z.date().meta({ description: "When it was refused" }),
  state: z.enum(DEAD_LETTER_STATES),
  projectId: z.string().optional().meta({
    description: "Absent where the job names no project that exists; then it is for operators",
  }),
  jobId: z.string().optional().meta({ description: "Absent for a key that reads masked" }),
  madeAt: z.date().meta({ description: "When the job was made" }),
  version: z.number().meta({ description: "Version of the job" }),
  attempts: z.number().meta({ description: "How often a worker had started it" }),
  code: z.enum(ERROR_CODE_NAMES),
  reason: z.string().meta({ description: "The text that REST would have answered" }),
  fields: z.array(z.string()).meta({ description: "The fields at fault" }),
  hasPayload: z.boolean().meta({
    description: "False when it is settled, or was too large to be kept",
  }),
  isSensitive: z.boolean().meta({ description: "True: what the job holds is never shown" }),
  callLogId: z.string().optional().meta({ description: "Of a replayed one" }),
  settledAt: z.date().optional().meta({ description: "When it was replayed or dropped" }),
  expireAt: z.date().meta({ description: "When it is deleted" }),
});

/** A call request from the queue that was refused. */
export type DeadLetter = z.output<typeof deadLetter>;

/** Which dead letters to list, newest first. */
export const deadLetterListInput = onlyKeys({
  state: z
    .enum([...DEAD_LETTER_STATES, "all"], {
      error: `must be one of: ${DEAD_LETTER_STATES.join(", ")}, all`,
    })
    .default("open"),
  skip,
  limit,
  cursor: cursorInput.optional(),
}).refine((input) => input.cursor === undefined || input.skip === 0, {
  path: ["skip"],
  error: "must be 0 or absent when a cursor is given",
});

/** Which dead letters to list, parsed. */
export type DeadLetterListQuery = z.output<typeof deadLetterListInput>;

/** A dead letter as a masked key sees it: what the caller wrote is hidden, and the numbers in the reason. */
export function maskedDeadLetter({ jobId: _jobId, ...letter }: DeadLetter): DeadLetter {
  const { reason, fields } = letter;
  return {
    ...letter,
    reason: withMaskedNumbers(reason),
    fields: fields.map(withMaskedNumbers),
  };
}

/**
 * True unless it is certain that what a job holds may be shown: its request, or something in the place of one, says that it is sensitive, in
 * whatever form.
 */
export function mayBeSensitive(job: unknown): boolean {
  const request = isObject(job) ? job["request"] : undefined;
  if (!isObject(job) || !isObject(request)) return /sensitive/i.test(JSON.stringify(job) ?? "");
  return Object.entries({ ...job, ...request }).some(
    ([name, value]) => /sensitive/i.test(name) && value !== false,
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
