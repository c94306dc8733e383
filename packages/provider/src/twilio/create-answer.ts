import type { ErrorClass, EventStatus } from "@call-log/model";

import type { PlaceResult } from "../provider.ts";
import { statusOf } from "./call-status.ts";
import { TooManyRequestsError } from "./twilio-http.ts";

const CALL_SID = /^CA[0-9a-f]{32}$/i;

/** Refusals by HTTP status, whatever the code says: the account itself is not let in, or not found. */
const BY_STATUS: Readonly<Record<number, ErrorClass>> = {
  401: "configuration",
  403: "configuration",
  404: "configuration",
  429: "throttled",
};

/**
 * Refusals with HTTP 400 by Twilio's code. Sources: https://www.twilio.com/docs/api/errors and the page of each code there. A code that is
 * not here is a refusal of this one call all the same.
 */
const BY_CODE: Readonly<Record<number, ErrorClass>> = {
  10001: "configuration",
  10002: "permission",
  10004: "throttled",
  13223: "destination",
  13224: "destination",
  13225: "permission",
  13226: "destination",
  13227: "permission",
  20003: "configuration",
  20005: "configuration",
  20429: "throttled",
  21201: "destination",
  21202: "destination",
  21203: "permission",
  21205: "configuration",
  21210: "configuration",
  21211: "destination",
  21212: "configuration",
  21213: "configuration",
  21214: "destination",
  21215: "permission",
  21216: "permission",
  21217: "destination",
  21219: "permission",
  21609: "configuration",
  21626: "configuration",
  32205: "permission",
};

/** Errors of the connection that come before anything was sent. */
const NOTHING_SENT: ReadonlySet<string> = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"]);

/** What Twilio's answer to "create call" means; an id of another form than Twilio's is no answer. */
export function acceptance(call: { sid?: unknown; status?: unknown }): PlaceResult {
  if (typeof call.sid !== "string" || !CALL_SID.test(call.sid))
    return { kind: "unknown", reason: "the answer has no id of a call" };
  const status: EventStatus | undefined =
    typeof call.status === "string" ? statusOf(call.status) : undefined;
  return { kind: "accepted", providerCallId: call.sid, status: status ?? "queued" };
}

/** What an error of the SDK at "create call" means. HTTP status first, code second; everything unclear is `unknown`. */
export function refusal(error: unknown): PlaceResult {
  if (error instanceof TooManyRequestsError) return throttled(error);
  const { status, code, message } = fieldsOf(error);
  if (typeof code === "string" && NOTHING_SENT.has(code))
    return rejected("throttled", code, "Twilio could not be reached; nothing was sent");
  if (status === undefined || status < 400 || status >= 500)
    return { kind: "unknown", reason: reasonOf(status, code) };
  const number = typeof code === "number" ? code : undefined;
  const errorClass = BY_STATUS[status] ?? BY_CODE[number ?? 0] ?? "permission";
  return rejected(errorClass, number === undefined ? undefined : String(number), message);
}

function throttled({ retryAfterSeconds }: TooManyRequestsError): PlaceResult {
  const result = rejected("throttled", "20429", "Too many requests");
  return retryAfterSeconds === undefined ? result : { ...result, retryAfterSeconds };
}

function rejected(errorClass: ErrorClass, errorCode: string | undefined, errorMessage: string) {
  return {
    kind: "rejected",
    errorClass,
    ...(errorCode !== undefined && { errorCode }),
    errorMessage,
  } as const;
}

function reasonOf(status: number | undefined, code: string | number | undefined): string {
  return status === undefined
    ? `no readable answer${code === undefined ? "" : ` (${code})`}`
    : `HTTP ${status} to the request`;
}

function fieldsOf(error: unknown) {
  const { status, code, message } = (error ?? {}) as Record<string, unknown>;
  return {
    status: typeof status === "number" ? status : undefined,
    code: typeof code === "number" || typeof code === "string" ? code : undefined,
    message: typeof message === "string" && message !== "" ? message : "refused by Twilio",
  };
}
