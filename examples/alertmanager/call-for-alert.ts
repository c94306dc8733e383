import type { CallRequestInput } from "@call-log/client";

import type { Alert } from "./alertmanager-webhook.ts";
import { cutText } from "./cut-text.ts";

/**
 * The call request of an alert; undefined for a resolved one. Alertmanager repeats a firing alert, so fingerprint and start are the
 * idempotency key: one call per occurrence.
 */
export function callForAlert(alert: Alert, toNumber: string): CallRequestInput | undefined {
  if (alert.status === "resolved") return undefined;
  // A template may produce an empty text, so absent and empty are the same.
  const alertname = cutText(alert.labels["alertname"] ?? "", 64).trim() || "An alert";
  const severity = cutText(alert.labels["severity"] ?? "", 40).trim() || "none";
  const summary = cutText(alert.annotations["summary"] ?? "", 500).trim();
  const isFiring = `${alertname} is firing.`;
  return {
    toNumber,
    idempotencyKey: `alertmanager:${alert.fingerprint}:${alert.startsAt}`,
    say: [
      {
        gather: {
          say: `${summary || isFiring} Press 4 to acknowledge.`,
          on: { "4": { acknowledge: true, say: "Acknowledged. Thank you." } },
          otherwise: { say: "Not acknowledged. You will be called again." },
        },
      },
    ],
    reachedWhen: "acknowledged",
    retry: { maxAttempts: 3, backoff: { delaySeconds: 120 } },
    tags: ["alertmanager", `severity:${severity}`, alertname],
  };
}
