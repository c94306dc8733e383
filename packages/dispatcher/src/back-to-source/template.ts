import { type BackTemplate, type BackValues, filledRequest } from "@call-log/model";

import { type Acknowledgement, acknowledgementText } from "./acknowledgement.ts";
import type { SendRequest, SourceAnswer } from "./source-request.ts";

/** Send the request that a source's own template makes of an acknowledgement. */
export function sendTemplate(
  acknowledgement: Acknowledgement,
  { secret = "", ...template }: BackTemplate & { secret?: string | undefined },
  send: SendRequest,
): Promise<SourceAnswer> {
  const { headers, ...request } = filledRequest(template, valuesOf(acknowledgement, secret));
  return send({ ...request, headers: { "content-type": "application/json", ...headers } });
}

function valuesOf(acknowledgement: Acknowledgement, secret: string): BackValues {
  const { alert, by, digits = "", acknowledgedAt, callLogId } = acknowledgement;
  return {
    fingerprint: alert.fingerprint,
    title: alert.title,
    severity: alert.severity ?? "",
    startsAt: alert.startsAt ?? "",
    url: alert.url ?? "",
    source: alert.sourceName,
    labels: alert.labels,
    by,
    digits,
    acknowledgedAt: acknowledgedAt.toISOString(),
    callLogId,
    comment: acknowledgementText(acknowledgement),
    secret,
  };
}
