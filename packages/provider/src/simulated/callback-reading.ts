import {
  ANSWERED_BY,
  EVENT_STATUSES,
  gatherOf,
  speakable,
  type ProviderEvent,
  type SpokenStep,
} from "@call-log/model";
import { z } from "zod";

import type { CallbackKind, CallbackReading, CallbackRequest } from "../provider.ts";

const common = { CallSid: z.string(), Timestamp: z.iso.datetime() };

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
  gather: (form) => ({ status: "digits", digits: gatherForm.parse(form).Digits }),
  amd: (form) => ({ status: "answered-by", answeredBy: amdForm.parse(form).AnsweredBy }),
};

/** What a genuine callback says, and for digits the spoken branch that follows. Throws for a body that the carrier does not send. */
export function readForm(request: CallbackRequest): CallbackReading {
  const form = Object.fromEntries(new URLSearchParams(request.rawBody.toString("utf8")));
  const { CallSid, Timestamp } = z.object(common).parse(form);
  const event: ProviderEvent = {
    attemptId: request.attemptId,
    provider: "simulated",
    source: "callback",
    providerCallId: CallSid,
    at: Timestamp,
    ...FACTS[request.kind](form),
  };
  const { digits } = event;
  if (digits === undefined) return { events: [event] };
  return { events: [event], reply: (steps) => branchReply(steps, digits) };
}

function branchReply(steps: readonly SpokenStep[], digits: string) {
  const body = branchText(steps, digits);
  return body === undefined ? undefined : { contentType: "text/plain; charset=utf-8", body };
}

function branchText(steps: readonly SpokenStep[], digits: string): string | undefined {
  const gather = gatherOf(speakable(steps))?.gather;
  if (!gather) return undefined;
  return (Object.hasOwn(gather.on, digits) ? gather.on[digits] : gather.otherwise)?.say;
}
