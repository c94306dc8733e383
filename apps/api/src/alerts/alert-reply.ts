import type { TakenAlerts } from "@call-log/dispatcher";
import { CallLogError, type AlertAnswer, type AlertSourceKind } from "@call-log/model";

import { RETRY_AFTER_SECONDS } from "../errors/error-reply.ts";

/** Most answers that a reply lists; the counts are of all. */
const MAX_LISTED = 1000;

/** An answer to a source. */
export interface AlertReply {
  status: number;
  headers?: Readonly<Record<string, string>>;
  body: object;
}

/** The answer to a notification: 2xx when sending it again can't help, 503 when it can, and 422 when all of it was refused for good. */
export function replyTo(kind: AlertSourceKind, taken: TakenAlerts, requestId: string): AlertReply {
  const status = statusOf(taken);
  const headers = status === 503 ? { headers: { "retry-after": String(RETRY_AFTER_SECONDS) } } : {};
  if (kind === "pagerduty") return { ...pagerdutyReply(taken, status), ...headers };
  const { answers, counts, truncated } = taken;
  const refused = counts.refused;
  const body = {
    taken: answers.length - refused,
    refused,
    ...(truncated > 0 && { leftOutBySource: truncated }),
    results: answers.slice(0, MAX_LISTED),
    ...(answers.length > MAX_LISTED && { notListed: answers.length - MAX_LISTED }),
    requestId,
  };
  return { status, ...headers, body };
}

function statusOf({ answers, counts, isWorthRepeating }: TakenAlerts): number {
  if (isWorthRepeating) return 503;
  return answers.length > 0 && counts.refused === answers.length ? 422 : 200;
}

// As https://developer.pagerduty.com/docs/send-alert-event describes the answers.
function pagerdutyReply({ answers }: TakenAlerts, status: number): AlertReply {
  const [answer] = answers;
  const dedupKey = answer?.fingerprint ?? "";
  if (status === 200)
    return {
      status: 202,
      body: { status: "success", message: "Event processed", dedup_key: dedupKey },
    };
  const reason = answer?.reason ?? "Event object is invalid";
  return status === 503
    ? { status, body: { status: "error", message: reason } }
    : invalidEvent(reason);
}

/** PagerDuty's answer to an event that it can't read. */
export function invalidEvent(reason: string): AlertReply {
  const body = { status: "invalid event", message: "Event object is invalid", errors: [reason] };
  return { status: 400, body };
}

/** A refusal of a whole notification, for the list of its source's last ones. */
export function refusedWhole(error: unknown): AlertAnswer {
  const reason = error instanceof CallLogError ? error.message : "an unexpected error";
  return { result: "refused", reason };
}
