import type { AlertBody, AlertStatus } from "@call-log/model";

import { firstText, objectOf, pageOf, textOf, textsOf } from "./body-fields.ts";

/** What Uptime Kuma's numbers mean: down, up, pending, maintenance. Pending is not down yet, and maintenance is meant. */
const STATUSES: Readonly<Record<string, AlertStatus>> = {
  "0": "firing",
  "1": "resolved",
  "3": "resolved",
};

/**
 * Uptime Kuma's notification type Webhook with the preset body: `{heartbeat, monitor, msg}`, see
 * https://github.com/louislam/uptime-kuma/wiki/Notification-Methods. "Test" and certificates' warnings have no heartbeat. Undefined for
 * another body.
 */
export function readUptimeKuma(body: unknown): AlertBody | undefined {
  const notice = objectOf(body);
  const msg = textOf(notice, "msg");
  if (notice === undefined || (msg === "" && notice["heartbeat"] === undefined)) return undefined;
  const heartbeat = objectOf(notice["heartbeat"]);
  const monitor = objectOf(notice["monitor"]);
  if (heartbeat === undefined) return { alerts: [withoutHeartbeat(msg, notice)] };
  const name = firstText(textOf(monitor, "name"), "A monitor");
  const status = STATUSES[textOf(heartbeat, "status")];
  if (status === undefined)
    return { alerts: [{ path: "heartbeat.status", reason: "must be 0, 1 or 3" }] };
  const id = firstText(textOf(monitor, "id"), textOf(heartbeat, "monitorID"), name);
  return {
    alerts: [
      {
        fingerprint: `monitor-${id}`,
        status,
        title: `${name} is ${status === "firing" ? "down" : "up"}`,
        text: firstText(textOf(heartbeat, "msg"), msg),
        labels: { monitor: name, ...tagsOf(monitor?.["tags"]), ...labelsOf(monitor) },
        annotations: {},
        url: pageOf(textOf(monitor, "url")),
        document: notice,
      },
    ],
  };
}

function withoutHeartbeat(msg: string, document: object) {
  const isTest = /\btest/i.test(msg);
  return {
    fingerprint: isTest ? "test" : `message-${msg.slice(0, 200)}`,
    status: "firing" as const,
    title: msg,
    text: "",
    labels: {},
    annotations: {},
    isAlwaysNew: isTest,
    document,
  };
}

function labelsOf(monitor: Readonly<Record<string, unknown>> | undefined): Record<string, string> {
  const { type, hostname } = textsOf(monitor);
  return { ...(type && { type }), ...(hostname && { hostname }) };
}

// Tags have a name and perhaps a value; as labels they can say whom to call.
function tagsOf(tags: unknown): Record<string, string> {
  if (!Array.isArray(tags)) return {};
  const entries = tags.map((one: unknown) => {
    const tag = objectOf(one);
    return [textOf(tag, "name"), firstText(textOf(tag, "value"), "true")] as const;
  });
  return Object.fromEntries(entries.filter(([name]) => name !== ""));
}
