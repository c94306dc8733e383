import {
  type CallPreview,
  callRequest,
  type CallRequestInput,
  phoneNumber,
  spokenText,
} from "@call-log/model";
import { z } from "zod";

import { confirmationOf, keyOf } from "../confirmation.ts";
import { previewText } from "../text/preview-text.ts";
import { defineTool, type ToolAnswer, type ToolContext } from "../tool.ts";

const { fromNumber, language, purpose, priority, timeZone, scheduledAt, deadlineAt, tags } =
  callRequest.shape;

const ATTEMPTS_ERROR = "must be a whole number from 1 to 20";

const input = z.strictObject({
  toNumber: phoneNumber.meta({ description: "Number to call, with its country code" }),
  say: spokenText.meta({ description: "What is said" }),
  acknowledgeKey: z
    .string()
    .regex(/^[0-9*#]$/, { error: "must be one key of a phone: 0 to 9, * or #" })
    .optional()
    .meta({
      description:
        "Wait for this key after the text; only a person who presses it counts as reached. The text has to say so",
    }),
  attempts: z
    .int({ error: ATTEMPTS_ERROR })
    .min(1, { error: ATTEMPTS_ERROR })
    .max(20, { error: ATTEMPTS_ERROR })
    .default(1)
    .meta({ description: "Attempts in all, a minute apart, until somebody is reached" }),
  purpose: purpose.meta({
    description:
      "What the call is for, such as an incident. The same call for the same purpose rings once a day; another purpose is another call",
  }),
  fromNumber,
  language,
  priority,
  timeZone,
  scheduledAt,
  deadlineAt,
  tags,
  confirm: z.string().min(1).max(100).optional().meta({
    description:
      "The confirmation from the dry run with the same arguments. Without it nobody is called: the answer says what would happen",
  }),
});

const output = z.object({
  placed: z.boolean().meta({ description: "False: a dry run; nobody is called" }),
  id: z.string().optional().meta({ description: "The call log" }),
  status: z.string().optional(),
  repeated: z
    .boolean()
    .optional()
    .meta({ description: "It was placed before; nothing rings again" }),
  confirm: z
    .string()
    .optional()
    .meta({ description: "Send it with the same arguments to place the call" }),
  preview: z
    .object({
      refusal: z.string().nullable(),
      fromNumber: z.string().nullable(),
      providers: z.array(
        z.object({ name: z.string(), isPaused: z.boolean(), isSimulated: z.boolean() }),
      ),
      isProjectPaused: z.boolean(),
      quietUntil: z.string().nullable(),
      fitsBudget: z.boolean().nullable(),
      estimatedUSDCents: z.number().nullable(),
      repeatedAs: z.object({ _id: z.string(), status: z.string() }).nullable(),
    })
    .optional(),
});

type Answer = ToolAnswer<z.input<typeof output>>;

/** `place_call`: a dry run, and with its confirmation a call; a repeat of it rings once. */
export const placeCall = defineTool({
  name: "place_call",
  title: "Place a call",
  description:
    "Call a phone number and say a text. Always in two steps: without confirm it is a dry run that calls nobody and says what would happen; show that to the user, then call this tool again with the same arguments and the confirmation of the dry run. The same confirmation rings once, however often it is sent. Then use wait_for_call.",
  hints: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: true },
  needs: "dispatch",
  input,
  output,
  run({ confirm, ...asked }, context) {
    const request = requestOf(asked);
    return confirm === undefined ? dryRun(request, context) : place(request, confirm, context);
  },
});

function requestOf(asked: Omit<z.output<typeof input>, "confirm">): CallRequestInput {
  const { toNumber, say, acknowledgeKey, attempts, scheduledAt: at, deadlineAt: end } = asked;
  const more = {
    fromNumber: asked.fromNumber,
    language: asked.language,
    priority: asked.priority,
    timeZone: asked.timeZone,
    purpose: asked.purpose,
    scheduledAt: at?.toISOString(),
    deadlineAt: end?.toISOString(),
  };
  const given = Object.entries(more).filter(([, value]) => value !== undefined);
  return {
    toNumber,
    ...(acknowledgeKey === undefined ? { say } : asking(say, acknowledgeKey)),
    ...(attempts > 1 && { retry: { maxAttempts: attempts } }),
    ...(asked.tags.length > 0 && { tags: asked.tags }),
    ...Object.fromEntries(given),
  } as CallRequestInput;
}

function asking(say: string, key: string): Pick<CallRequestInput, "say" | "reachedWhen"> {
  const gather = { say, on: { [key]: { acknowledge: true } }, onSilence: { repeat: 2 } };
  return { say: [{ gather }], reachedWhen: "acknowledged" };
}

async function dryRun(request: CallRequestInput, { api, now }: ToolContext): Promise<Answer> {
  const confirmation = confirmationOf(request, now());
  const idempotencyKey = keyOf(confirmation, request, now());
  const preview = await api.preview({ ...request, idempotencyKey });
  const isRefused = preview !== undefined && preview.refusal !== null;
  const isDone = preview !== undefined && preview.repeatedAs !== null;
  const mayConfirm = !isRefused && !isDone;
  const text = [
    "Dry run: nobody was called.",
    preview === undefined
      ? "Without an API key only the workers check the request, when the call is placed."
      : previewText(preview),
    ...(mayConfirm && request.scheduledAt ? [`It is scheduled for ${request.scheduledAt}.`] : []),
    ...(mayConfirm
      ? [`To place it, call place_call with the same arguments and confirm: "${confirmation}".`]
      : []),
    ...(isDone ? ["For another call, give another purpose."] : []),
  ].join("\n");
  const data = {
    placed: false,
    ...(mayConfirm && { confirm: confirmation }),
    ...(preview && { preview: presentPreview(preview) }),
  };
  return { data, text };
}

function presentPreview(preview: CallPreview) {
  const { refusal, fromNumber: from, providers, isProjectPaused, quietUntil, repeatedAs } = preview;
  return {
    refusal,
    fromNumber: from,
    providers,
    isProjectPaused,
    quietUntil,
    fitsBudget: preview.budget?.fits ?? null,
    estimatedUSDCents: preview.pastCost?.meanUSDCents ?? null,
    repeatedAs,
  };
}

async function place(
  request: CallRequestInput,
  confirm: string,
  { api, now }: ToolContext,
): Promise<Answer> {
  const idempotencyKey = keyOf(confirm, request, now());
  const { _id: id, status, repeated } = await api.place({ ...request, idempotencyKey });
  const text = repeated
    ? `This call was placed before, as ${id}; its status is ${status}. Nothing rings again. For another call, give another purpose.`
    : `The call is accepted as ${id}; its status is ${status}. wait_for_call says what becomes of it.`;
  return { data: { placed: true, id, status, repeated }, text };
}
