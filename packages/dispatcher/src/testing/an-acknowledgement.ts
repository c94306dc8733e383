import type { Acknowledgement } from "../back-to-source/acknowledgement.ts";

let calls = 0;

/** A press of just now, of a call and an alert of its own. */
export function anAcknowledgement(change: Partial<Acknowledgement> = {}): Acknowledgement {
  calls += 1;
  return {
    callLogId: `376d7300-28fe-11f1-b591-${String(calls).padStart(12, "0")}`,
    acknowledgedAt: new Date(),
    digits: "4",
    by: "Ada",
    alert: {
      fingerprint: `fingerprint-${calls}`,
      labels: { alertname: `Down${calls}`, severity: "page" },
      title: `Down${calls}`,
      sourceName: "Prometheus",
    },
    ...change,
  };
}
