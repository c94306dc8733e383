import type { ErrorClass } from "@call-log/model";

import type { PlaceResult } from "../provider.ts";
import { dataOf, firstErrorOf, type TelnyxAnswer } from "./telnyx-http.ts";

/** Refusals by HTTP status, whatever the code says. */
const BY_STATUS: Readonly<Record<number, ErrorClass>> = {
  401: "configuration",
  402: "configuration",
  404: "configuration",
  429: "throttled",
};

/** Refusals by the field that they point at, as JSON:API has it (`source.pointer`). */
const BY_POINTER: Readonly<Record<string, ErrorClass>> = {
  "/to": "destination",
  "/from": "configuration",
  "/connection_id": "configuration",
};

/** Refusals by Telnyx's code (https://developers.telnyx.com/development/api-fundamentals/api-errors). */
const BY_CODE: Readonly<Record<string, ErrorClass>> = {
  "10001": "configuration",
  "10002": "destination",
  "10009": "configuration",
  "10010": "permission",
  "10011": "throttled",
  "10016": "destination",
  "10017": "configuration",
};

/** Errors of the connection that come before anything was sent. */
const NOTHING_SENT: ReadonlySet<string> = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"]);

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

/** What it means that no answer came. */
export function unanswered(error: unknown): PlaceResult {
  const { code } = ((error as { cause?: unknown } | null)?.cause ?? {}) as { code?: unknown };
  const reason = `no readable answer${typeof code === "string" ? ` (${code})` : ""}`;
  if (typeof code !== "string" || !NOTHING_SENT.has(code)) return { kind: "unknown", reason };
  const errorMessage = "Telnyx could not be reached; nothing was sent";
  return { kind: "rejected", errorClass: "throttled", errorCode: code, errorMessage };
}

function refused(answer: TelnyxAnswer): PlaceResult {
  const { status, retryAfterSeconds } = answer;
  const { code, title, detail, source } = firstErrorOf(answer);
  const text = [detail, title].find((candidate) => typeof candidate === "string");
  return {
    kind: "rejected",
    errorClass:
      BY_STATUS[status] ??
      BY_POINTER[String(source?.pointer)] ??
      BY_CODE[String(code)] ??
      "permission",
    ...((typeof code === "string" || typeof code === "number") && { errorCode: String(code) }),
    errorMessage: typeof text === "string" && text !== "" ? text : `refused with HTTP ${status}`,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  };
}
