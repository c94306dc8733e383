import {
  ANSWERED_BY,
  EVENT_STATUSES,
  gatherAnswer,
  gatherOf,
  speakable,
  type ProviderEvent,
  type SpokenStep,
} from "@call-log/model";
import { z } from "zod";

import type { CallbackKind, CallbackReading, CallbackRequest } from "../../provider.ts";

const common = { CallSid: z.string(), Timestamp: z.iso.datetime() };
const commonForm = z.object(common);

const statusForm = z.object({
  ...common,
  CallStatus: z.enum(EVENT_STATUSES),
  SequenceNumber: z.coerce.number().int(),
  CallDuration: z.coerce.number().optional(),
  SipResponseCode: z.coerce.number().int().optional(),
});
/** Most digits that are read, as of a real carrier. */
const MAX_DIGITS = 32;

const gatherForm = z.object({
  ...common,
  Digits: z.string().transform((digits) => digits.slice(0, MAX_DIGITS)),
  /** Index of the question's step; absent from carriers of older releases, which knew of the first one. */
  Step: z.coerce.number().int().optional(),
  /** How often a key has had the question repeated. */
  Again: z.coerce.number().int().optional(),
});
const amdForm = z.object({ ...common, AnsweredBy: z.enum(ANSWERED_BY) });

type EventFacts = Omit<
  ProviderEvent,
  "attemptId" | "provider" | "source" | "providerCallId" | "at"
>;
type Form = Record<string, string>;

const FACTS: Record<CallbackKind, (form: Form) => EventFacts> = {
  status: (form) => {
    const parsed = statusForm.parse(form);
    return {
      status: parsed.CallStatus,
      sequence: parsed.SequenceNumber,
      ...(parsed.CallDuration === undefined ? {} : { durationSeconds: parsed.CallDuration }),
      ...(parsed.SipResponseCode === undefined ? {} : { sipResponseCode: parsed.SipResponseCode }),
    };
  },
  gather: (form) => {
    const { Digits: digits, Step: step, Again: sequence } = gatherForm.parse(form);
    return {
      status: "digits",
      digits,
      ...(step !== undefined && { step }),
      ...(sequence !== undefined && { sequence }),
    };
  },
  amd: (form) => ({ status: "answered-by", answeredBy: amdForm.parse(form).AnsweredBy }),
};

/** What a genuine callback says, and for digits the spoken branch that follows. Throws for a body that the carrier does not send. */
export function readForm(request: CallbackRequest): CallbackReading {
  const { attemptId, kind } = request;
  const form = Object.fromEntries(new URLSearchParams(request.rawBody.toString("utf8")));
  const event = eventOf({ kind, form }, { attemptId, source: "callback" });
  if (event.digits === undefined) return { events: [event] };
  return { events: [event], reply: ({ steps }) => branchReply(steps, event) };
}

/** What the carrier tells by a form. Throws for one that it does not make. */
export function eventOf(
  { kind, form }: { kind: CallbackKind; form: Form },
  origin: Pick<ProviderEvent, "attemptId" | "source">,
): ProviderEvent {
  const { CallSid: providerCallId, Timestamp: at } = commonForm.parse(form);
  return { ...origin, provider: "simulated", providerCallId, at, ...FACTS[kind](form) };
}

function branchReply(steps: readonly SpokenStep[], pressed: ProviderEvent) {
  const body = branchText(steps, pressed);
  return body === undefined ? undefined : { contentType: "text/plain; charset=utf-8", body };
}

function branchText(
  steps: readonly SpokenStep[],
  { digits = "", step, sequence = 0 }: ProviderEvent,
): string | undefined {
  const spoken = speakable(steps);
  const question = step === undefined ? gatherOf(spoken) : spoken[step];
  if (question === undefined || !("gather" in question)) return undefined;
  const { say, asksAgain } = gatherAnswer(question, digits, sequence);
  if (!asksAgain) return say;
  return say === undefined ? question.gather.say : `${say} ${question.gather.say}`;
}
