import type { ProviderEvent } from "@call-log/model";

import type { CallbackKind, CallbackReading, CallbackRequest, Speech } from "../provider.ts";
import { answeredByOf, statusOf } from "./call-status.ts";
import { isSigned } from "./callback-signature.ts";
import { twimlAfter, type TwimlOptions } from "./speech/twiml.ts";

/** What it takes to read a callback. */
export interface CallbackReader {
  /** Name of the account. */
  provider: string;
  /** Tokens that it may be signed with. */
  tokens: readonly string[];
  now: () => Date;
}

const TWIML_TYPE = "text/xml; charset=utf-8";

/** The document that says nothing: the call goes to its end. */
const EMPTY_REPLY = {
  contentType: TWIML_TYPE,
  body: '<?xml version="1.0" encoding="UTF-8"?><Response/>',
};

/** Names and values of a callback, by Twilio's names. */
export type Form = Readonly<Record<string, string | string[]>>;
type Facts = Omit<ProviderEvent, "attemptId" | "provider" | "source" | "providerCallId">;

/** A callback of Twilio, when its signature is good. */
export function readCallback(
  { provider, tokens, now }: CallbackReader,
  request: CallbackRequest,
): CallbackReading | undefined {
  const form = formOf(request.rawBody);
  if (!isSigned(request, form, tokens)) return undefined;
  const { attemptId, kind, url } = request;
  const told = eventOf({ kind, form, url }, { attemptId, provider, at: now() });
  const events: ProviderEvent[] = told ? [{ ...told, source: "callback" }] : [];
  if (kind !== "gather") return { events };
  return { events, reply: (speech) => replyTo(request, form, speech), emptyReply: EMPTY_REPLY };
}

/** What Twilio says in a request to one of our addresses; undefined for nothing of ours. */
export function eventOf(
  { kind, form, url }: { kind: CallbackKind; form: Form; url: string },
  { at, ...origin }: { attemptId: string; provider: string; at: Date },
): Omit<ProviderEvent, "source"> | undefined {
  const facts = FACTS[kind](form, at, url);
  const providerCallId = textOf(form, "CallSid");
  return facts && providerCallId !== undefined
    ? { ...origin, providerCallId, ...facts }
    : undefined;
}

// A status or an answerer that Twilio has not had so far says nothing; it is no reason to make Twilio repeat itself.
const FACTS: Record<CallbackKind, (form: Form, now: Date, url: string) => Facts | undefined> = {
  status(form, now) {
    const status = statusOf(textOf(form, "CallStatus"));
    const sentAt = new Date(textOf(form, "Timestamp") ?? "");
    const at = Number.isNaN(sentAt.getTime()) ? now : sentAt;
    return (
      status && {
        status,
        at: at.toISOString(),
        ...numbered(form, "SequenceNumber", "sequence"),
        ...(status === "completed" && numbered(form, "CallDuration", "durationSeconds")),
        ...numbered(form, "SipResponseCode", "sipResponseCode"),
        ...errorOf(textOf(form, "ErrorCode")),
      }
    );
  },
  gather(form, now, url) {
    const digits = textOf(form, "Digits")?.slice(0, 32);
    return digits
      ? { status: "digits", at: now.toISOString(), digits, ...questionIn(url) }
      : undefined;
  },
  amd(form, now) {
    const answeredBy = answeredByOf(textOf(form, "AnsweredBy"));
    return answeredBy && { status: "answered-by", at: now.toISOString(), answeredBy };
  },
};

// Not documented for calls, and sent all the same: of calls that the carrier blocks, among others (https://www.twilio.com/docs/api/errors).
function errorOf(errorCode = ""): Pick<ProviderEvent, "errorCode" | "errorMessage"> {
  if (!/^[1-9]\d{3,5}$/.test(errorCode)) return {};
  return { errorCode, errorMessage: `Twilio: error ${errorCode}` };
}

function replyTo({ url }: CallbackRequest, form: Form, { steps, language, voice }: Speech) {
  const address = new URL(url);
  const options: TwimlOptions = {
    gatherUrl: `${address.origin}${address.pathname}`,
    ...(language !== undefined && { language }),
    ...(voice !== undefined && { voice }),
  };
  const { step, sequence: repeats = 0 } = questionIn(url);
  const digits = textOf(form, "Digits") ?? "";
  const body = twimlAfter(steps, { step, digits, repeats }, options);
  return { contentType: TWIML_TYPE, body };
}

/** The question that an address was given out for: signed, so it is the one that we asked. Repetitions of it by a key are numbered. */
export function questionIn(url: string): { step: number; sequence?: number } {
  const { searchParams } = new URL(url);
  const step = wholeNumber(searchParams.get("step")) ?? 0;
  const again = wholeNumber(searchParams.get("again"));
  return { step, ...(again !== undefined && again > 0 && { sequence: again }) };
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^\d{1,3}$/.test(text) ? Number(text) : undefined;
}

function formOf(body: Buffer): Record<string, string | string[]> {
  const params = new URLSearchParams(body.toString("utf8"));
  return Object.fromEntries(
    [...new Set(params.keys())].map((name) => {
      const values = params.getAll(name);
      return [name, values.length === 1 ? values[0]! : values];
    }),
  );
}

function textOf(form: Form, name: string): string | undefined {
  const value = Object.hasOwn(form, name) ? form[name] : undefined;
  return Array.isArray(value) ? value[0] : value;
}

function numbered<Name extends string>(form: Form, field: string, name: Name) {
  const text = textOf(form, field);
  const value = text === undefined || text === "" ? Number.NaN : Number(text);
  return Number.isInteger(value) && value >= 0 ? ({ [name]: value } as Record<Name, number>) : {};
}
