import { NOTHING_SENT_CODES, classifyRefusal, type RefusalTable } from "../classify-refusal.ts";
import type { PlaceResult } from "../provider.ts";
import { dataOf, firstErrorOf, type TelnyxAnswer } from "./telnyx-http.ts";

/**
 * What Telnyx's refusals mean. Fields are those of `source.pointer` (JSON:API). Sources of the codes:
 * https://developers.telnyx.com/development/api-fundamentals/api-errors, and for the D codes
 * https://developers.telnyx.com/docs/voice/sip-trunking/troubleshooting/response-codes.
 */
const REFUSALS: RefusalTable = {
  byStatus: { 401: "account", 402: "account", 404: "account", 429: "throttled" },
  byField: { "/to": "destination", "/from": "fromNumber", "/connection_id": "account" },
  byCode: {
    10001: "fromNumber",
    10002: "destination",
    10009: "account",
    10010: "permission",
    10011: "throttled",
    10016: "destination",
    10017: "account",
    D1: "throttled",
    D2: "throttled",
    D3: "throttled",
    D10: "account",
    D11: "account",
    D12: "account",
    D13: "account",
    D14: "account",
    D15: "account",
    D16: "account",
    D17: "account",
    D18: "account",
    D19: "account",
    D22: "throttled",
    D35: "fromNumber",
    D36: "fromNumber",
    D38: "account",
  },
};

/** What Telnyx's answer to "dial" means; everything unclear is `unknown`. */
export function dialled(answer: TelnyxAnswer): PlaceResult {
  const { status } = answer;
  if (status >= 400 && status < 500) return refused(answer);
  if (status < 200 || status >= 300)
    return { kind: "unknown", reason: `HTTP ${status} to the request` };
  const { call_control_id: id } = (dataOf(answer) ?? {}) as { call_control_id?: unknown };
  if (typeof id !== "string" || id === "")
    return { kind: "unknown", reason: "the answer has no id of a call" };
  return { kind: "accepted", providerCallId: id, status: "queued" };
}

/** Meaning of a missing answer. */
export function unanswered(error: unknown): PlaceResult {
  const { code } = ((error as { cause?: unknown } | null)?.cause ?? {}) as { code?: unknown };
  const reason = `no readable answer${typeof code === "string" ? ` (${code})` : ""}`;
  if (typeof code !== "string" || !NOTHING_SENT_CODES.has(code)) return { kind: "unknown", reason };
  const errorMessage = "Telnyx could not be reached; nothing was sent";
  return { kind: "rejected", errorClass: "throttled", errorCode: code, errorMessage };
}

function refused(answer: TelnyxAnswer): PlaceResult {
  const { status, retryAfterSeconds } = answer;
  const { code, title, detail, source } = firstErrorOf(answer);
  const text = [detail, title].find((candidate) => typeof candidate === "string");
  return {
    kind: "rejected",
    errorClass: classifyRefusal(REFUSALS, {
      status,
      field: String(source?.pointer),
      code: String(code),
    }),
    ...((typeof code === "string" || typeof code === "number") && { errorCode: String(code) }),
    errorMessage: typeof text === "string" && text !== "" ? text : `refused with HTTP ${status}`,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  };
}
