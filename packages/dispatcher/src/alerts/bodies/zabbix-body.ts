import type { AlertBody, AlertStatus } from "@call-log/model";

import { firstText, objectOf, pageOf, textOf, timeOf } from "./body-fields.ts";

/**
 * What the script of `docs/guides/alerts-from-zabbix.md` sends: the parameters of a webhook media type as one object, see
 * https://www.zabbix.com/documentation/current/en/manual/config/notifications/media/webhook. Undefined for another body.
 */
export function readZabbix(body: unknown): AlertBody | undefined {
  const event = objectOf(body);
  const id = textOf(event, "event_id");
  if (event === undefined || id === "") return undefined;
  const name = firstText(textOf(event, "event_name"), textOf(event, "subject"), "A problem");
  const host = textOf(event, "host");
  const severity = textOf(event, "severity");
  return {
    alerts: [
      {
        fingerprint: id,
        status: statusOf(textOf(event, "event_value"), textOf(event, "ack_status")),
        title: host === "" ? name : `${name} on ${host}`,
        text: textOf(event, "operational_data"),
        severity: severity || undefined,
        labels: {
          ...tagsOf(textOf(event, "tags")),
          ...(host && { host }),
          ...(severity && { severity }),
          ...optional("host_group", textOf(event, "host_group")),
          ...optional("trigger_id", textOf(event, "trigger_id")),
        },
        annotations: {},
        // The id of a problem is that of one time that it began.
        startsAt: timeOf(textOf(event, "event_time")),
        url: pageOf(textOf(event, "url")),
        document: event,
      },
    ],
  };
}

// {EVENT.VALUE} is 1 for a problem and 0 for a recovery; {EVENT.ACK.STATUS} is Yes or No.
function statusOf(value: string, ack: string): AlertStatus {
  if (value === "0") return "resolved";
  return ack.toLowerCase() === "yes" ? "acknowledged" : "firing";
}

function optional(name: string, value: string): Record<string, string> {
  return value === "" ? {} : { [name]: value };
}

// {EVENT.TAGS}: "service:shop, team:database".
function tagsOf(tags: string): Record<string, string> {
  const entries = tags.split(",").map((tag) => {
    const [name = "", ...value] = tag.split(":");
    return [name.trim(), value.join(":").trim()] as const;
  });
  return Object.fromEntries(entries.filter(([name, value]) => name !== "" && value !== ""));
}
