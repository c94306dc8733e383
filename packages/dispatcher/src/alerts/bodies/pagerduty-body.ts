import type { AlertBody, AlertStatus } from "@call-log/model";

import {
  firstText,
  type JsonObject,
  madeFingerprint,
  objectOf,
  pageOf,
  textOf,
  textsOf,
} from "./body-fields.ts";

const STATUSES: Readonly<Record<string, AlertStatus>> = {
  trigger: "firing",
  acknowledge: "acknowledged",
  resolve: "resolved",
};

/**
 * An event of PagerDuty's Events API v2: https://developer.pagerduty.com/docs/send-alert-event. Without a `dedup_key` each event is an alert
 * of its own, as there. Undefined for another body.
 */
export function readPagerduty(body: unknown): AlertBody | undefined {
  const event = objectOf(body);
  const action = textOf(event, "event_action");
  if (event === undefined || action === "") return undefined;
  const status = STATUSES[action];
  if (status === undefined)
    return refused("event_action", 'must be "trigger", "acknowledge" or "resolve"');
  const dedupKey = textOf(event, "dedup_key");
  const payload = objectOf(event["payload"]);
  const summary = textOf(payload, "summary");
  if (status === "firing" && summary === "") return refused("payload.summary", "is missing");
  if (status !== "firing" && dedupKey === "") return refused("dedup_key", "is missing");
  const labels = labelsOf(payload);
  return {
    alerts: [
      {
        fingerprint: firstText(dedupKey, madeFingerprint(summary, labels)),
        status,
        title: firstText(summary, dedupKey),
        text: "",
        severity: textOf(payload, "severity") || undefined,
        labels,
        annotations: {},
        url: pageOf(firstText(linkOf(event), textOf(event, "client_url"))),
        // Nothing tells a repeated event from another one, so each is called for.
        isAlwaysNew: dedupKey === "",
        document: event,
      },
    ],
  };
}

function labelsOf(payload: JsonObject | undefined): Record<string, string> {
  const known = ["source", "severity", "component", "group", "class"];
  const named = known.map((name) => [name, textOf(payload, name)] as const);
  return {
    ...textsOf(payload?.["custom_details"]),
    ...Object.fromEntries(named.filter(([, value]) => value !== "")),
  };
}

function linkOf(event: JsonObject): string {
  const links = event["links"];
  return textOf(objectOf(Array.isArray(links) ? links[0] : undefined), "href");
}

function refused(path: string, reason: string): AlertBody {
  return { alerts: [{ path, reason }] };
}
