import {
  ALERT_SOURCE_KINDS,
  type AlertBody,
  type AlertSource,
  type AlertSourceKind,
  CallLogError,
  type JsonMapping,
} from "@call-log/model";

import { readAlertmanager } from "./bodies/alertmanager-body.ts";
import { readGrafana } from "./bodies/grafana-body.ts";
import { readJson } from "./bodies/json-body.ts";
import { readOneuptime } from "./bodies/oneuptime-body.ts";
import { readPagerduty } from "./bodies/pagerduty-body.ts";
import { readUptimeKuma } from "./bodies/uptime-kuma-body.ts";
import { readZabbix } from "./bodies/zabbix-body.ts";

type BodyReader = (body: unknown, mapping: JsonMapping | undefined) => AlertBody | undefined;

/** How the body of each kind is read; undefined for a body that is not of this kind. */
const READERS = {
  alertmanager: readAlertmanager,
  grafana: readGrafana,
  "uptime-kuma": readUptimeKuma,
  pagerduty: readPagerduty,
  oneuptime: readOneuptime,
  zabbix: readZabbix,
  json: (body, mapping) => (mapping === undefined ? undefined : readJson(body, mapping)),
} as const satisfies Record<AlertSourceKind, BodyReader>;

/** What a body of each kind has, for those who sent another one. */
const EXPECTED = {
  alertmanager: 'an object with a list "alerts"',
  grafana: 'an object with a list "alerts"',
  "uptime-kuma": 'an object with "heartbeat", "monitor" and "msg", sent as application/json',
  pagerduty: 'an object with "event_action", "dedup_key" and "payload"',
  oneuptime: 'an incident or alert with "_id" and "title"',
  zabbix: 'an object with "event_id" and "event_value"',
  json: "an object or a list where the mapping of the source says that the alerts are",
} as const satisfies Record<AlertSourceKind, string>;

/** Read a notification as its source writes it. Throws a BAD_REQUEST that says what is expected. */
export function readAlerts(
  { kind, mapping }: Pick<AlertSource, "kind" | "mapping">,
  body: unknown,
): AlertBody {
  const reader: BodyReader = READERS[kind];
  const read = reader(body, mapping);
  if (read !== undefined) return read;
  throw new CallLogError(
    "BAD_REQUEST",
    `The body is no notification of ${ALERT_SOURCE_KINDS[kind].title}: expected is ${EXPECTED[kind]}.`,
  );
}
