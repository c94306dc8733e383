import type { RefusalClass, EventStatus } from "@call-log/model";

import { NOTHING_SENT_CODES, classifyRefusal, type RefusalTable } from "../classify-refusal.ts";
import type { PlaceResult } from "../provider.ts";
import { statusOf } from "./call-status.ts";
import { TooManyRequestsError } from "./twilio-http.ts";

const CALL_SID = /^CA[0-9a-f]{32}$/i;

/**
 * What Twilio's refusals mean. Sources of the codes: https://www.twilio.com/docs/api/errors and the page of each code there. 21205, 21609
 * and 21626 are addresses that this installation has set wrong, so they wait like what is wrong with its account.
 */
const REFUSALS: RefusalTable = {
  byStatus: { 401: "account", 403: "account", 404: "account", 429: "throttled" },
  byCode: {
    10001: "account",
    10002: "permission",
    10004: "throttled",
    13223: "destination",
    13224: "destination",
    13225: "permission",
    13226: "destination",
    13227: "permission",
    20003: "account",
    20005: "account",
    20429: "throttled",
    21201: "destination",
    21202: "destination",
    21203: "permission",
    21205: "account",
    21210: "fromNumber",
    21211: "destination",
    21212: "fromNumber",
    21213: "fromNumber",
    21214: "destination",
    21215: "permission",
    21216: "permission",
    21217: "destination",
    21219: "permission",
    21609: "account",
    21626: "account",
    32018: "text",
    32205: "permission",
    90010: "account",
  },
};

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
  if (typeof code === "string" && NOTHING_SENT_CODES.has(code))
    return rejected("throttled", code, "Twilio could not be reached; nothing was sent");
  if (status === undefined || status < 400 || status >= 500)
    return { kind: "unknown", reason: reasonOf(status, code) };
  const ownCode = typeof code === "number" ? String(code) : undefined;
  return rejected(classifyRefusal(REFUSALS, { status, code: ownCode }), ownCode, message);
}

function throttled({ retryAfterSeconds }: TooManyRequestsError): PlaceResult {
  const result = rejected("throttled", "20429", "Too many requests");
  return retryAfterSeconds === undefined ? result : { ...result, retryAfterSeconds };
}

function rejected(errorClass: RefusalClass, errorCode: string | undefined, errorMessage: string) {
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
