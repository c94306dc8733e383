import type { ProviderEvent } from "@call-log/model";
import { z } from "zod";

import { answeredByOf, endingOf } from "./call-ending.ts";
import { fromClientState, type CallLabel } from "./call-label.ts";
import type { Cue } from "./speech.ts";

const MAX_DIGITS = 32;

const event = z.object({
  event_type: z.string(),
  occurred_at: z.string(),
  payload: z.object({
    call_control_id: z.string().min(1),
    client_state: z.string(),
    digits: z.string().optional().catch(undefined),
    status: z.string().optional().catch(undefined),
    result: z.string().optional().catch(undefined),
    hangup_cause: z.string().optional().catch(undefined),
    sip_hangup_cause: z.string().optional().catch(undefined),
    total_cost: z.string().optional().catch(undefined),
    cost_parts: z
      .array(z.object({ currency: z.string() }))
      .optional()
      .catch(undefined),
  }),
});
const body = z.object({ data: event });

/** An event of Telnyx with the label of its call. */
export interface TelnyxEvent {
  type: string;
  at: Date;
  callControlId: string;
  payload: z.output<typeof event>["payload"];
  label: CallLabel;
}

type Facts = Pick<ProviderEvent, "status"> & Partial<ProviderEvent>;
type Payload = TelnyxEvent["payload"];

/** The event in a body; undefined for one that is not about a call of ours. */
export function eventIn(rawBody: Buffer, now: Date): TelnyxEvent | undefined {
  const { data } = body.safeParse(parsed(rawBody)).data ?? {};
  const label = fromClientState(data?.payload.client_state);
  if (data === undefined || label === undefined) return undefined;
  const at = new Date(data.occurred_at);
  return {
    type: data.event_type,
    at: Number.isNaN(at.getTime()) ? now : at,
    callControlId: data.payload.call_control_id,
    payload: data.payload,
    label,
  };
}

/** What an event says about the attempt; undefined for the many that say nothing about it. */
export function factsOf({ type, payload, label }: TelnyxEvent): Facts | undefined {
  return Object.hasOwn(FACTS, type) ? FACTS[type]?.(payload, label) : undefined;
}

/** What is spoken next after an event; undefined for nothing. */
export function cueOf({ type, payload }: TelnyxEvent): Cue | undefined {
  if (type === "call.answered") return { kind: "answered" };
  if (type === "call.speak.ended" || type === "call.playback.ended")
    return payload.status === "call_hangup" ? undefined : { kind: "spoken" };
  if (type !== "call.gather.ended" || payload.status === "call_hangup") return undefined;
  return { kind: "gathered", digits: payload.digits ?? "" };
}

const FACTS: Readonly<Record<string, (payload: Payload, label: CallLabel) => Facts | undefined>> = {
  "call.initiated": () => ({ status: "initiated" }),
  "call.answered": () => ({ status: "in-progress" }),
  "call.machine.detection.ended": answerer,
  "call.machine.premium.detection.ended": answerer,
  "call.gather.ended": ({ digits }, { speaking }) =>
    digits
      ? {
          status: "digits",
          digits: digits.slice(0, MAX_DIGITS),
          ...(speaking && { step: speaking.step }),
          ...(speaking?.repeats !== undefined && { sequence: speaking.repeats }),
        }
      : undefined,
  "call.hangup": ({ hangup_cause, sip_hangup_cause }, label) => {
    const status = endingOf(hangup_cause, label.speaking !== undefined);
    const sipResponseCode = /^[1-6]\d\d$/.test(sip_hangup_cause ?? "") && Number(sip_hangup_cause);
    return {
      status,
      ...(sipResponseCode && { sipResponseCode }),
      ...(status === "failed" && { errorMessage: `Telnyx: ${hangup_cause ?? "no cause given"}` }),
    };
  },
  "call.cost": ({ status, total_cost: amount, cost_parts }) =>
    status === "error" || amount === undefined || !/^-?\d+(\.\d+)?$/.test(amount)
      ? undefined
      : { status: "price", price: { amount, currency: cost_parts?.[0]?.currency ?? "USD" } },
};

function answerer({ result }: Payload): Facts | undefined {
  const answeredBy = answeredByOf(result);
  return answeredBy && { status: "answered-by", answeredBy };
}

function parsed(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString("utf8"));
  } catch {
    return undefined;
  }
}
