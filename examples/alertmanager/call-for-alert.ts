import type { CallRequestInput } from "@call-log/client";

import type { Alert } from "./alertmanager-webhook.ts";

/**
 * The call that an alert asks for; undefined for one that is resolved. Alertmanager repeats itself while an alert fires: fingerprint and
 * start make the key, so that each occurrence of an alert gives one call.
 */
export function callForAlert(alert: Alert, toNumber: string): CallRequestInput | undefined {
  if (alert.status === "resolved") return undefined;
  const { alertname = "An alert", severity = "none" } = alert.labels;
  const summary = alert.annotations["summary"] ?? `${alertname} is firing.`;
  return {
    toNumber,
    idempotencyKey: `alertmanager:${alert.fingerprint}:${alert.startsAt}`,
    say: [
      {
        gather: {
          say: `${summary.slice(0, 500)} Press 4 to acknowledge.`,
          on: { "4": { acknowledge: true, say: "Acknowledged. Thank you." } },
          otherwise: { say: "Not acknowledged. You will be called again." },
        },
      },
    ],
    reachedWhen: "acknowledged",
    retry: { maxAttempts: 3, backoff: { delaySeconds: 120 } },
    tags: ["alertmanager", `severity:${severity}`.slice(0, 64), alertname.slice(0, 64)],
  };
}
