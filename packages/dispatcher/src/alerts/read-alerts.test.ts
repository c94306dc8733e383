import { ALERT_SOURCE_KIND_NAMES, type AlertBody, CallLogError } from "@call-log/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { readAlerts } from "./read-alerts.ts";
import { aSource, bodyOf } from "./testing/a-source.ts";

type Kind = (typeof ALERT_SOURCE_KIND_NAMES)[number];

const MAPPING = {
  alerts: "/problems",
  title: "{{ /name }} on {{ /host }}",
  fingerprint: "/id",
  status: "/state",
  startsAt: "/since",
  labels: "/tags",
};

function read(kind: Kind, body: unknown) {
  return readAlerts(aSource({ kind, ...(kind === "json" && { mapping: MAPPING }) }), body);
}

describe("Alertmanager", () => {
  test("a group of version 4", () => {
    const body = read("alertmanager", bodyOf("alertmanager"));
    expect(body).toMatchObject({
      groupKey: '{}:{team="shop"}',
      groupLabels: { team: "shop" },
      sourceUrl: "http://alertmanager.shop.example:9093",
      alerts: [
        {
          fingerprint: "c0f5a1d84b1e37a2",
          status: "firing",
          title: "The database of shop.example is down.",
          text: "PostgreSQL on db-1.shop.example:9187 has not answered for 2 minutes.",
          severity: "critical",
          labels: { alertname: "PostgresDown" },
          startsAt: new Date("2026-11-23T03:12:04.731Z"),
          url: expect.stringMatching(/^http:\/\/prometheus/),
        },
        { fingerprint: "7be3f09c51d2a846", status: "firing" },
        { fingerprint: "19d4c2ab70e6f583", status: "resolved" },
      ],
    });
  });

  test("a bad member does not keep the others out, and says where it is bad", () => {
    const good = (bodyOf("alertmanager")["alerts"] as object[])[0]!;
    const alerts = [good, null, { ...good, status: "on fire" }, { status: "firing" }];
    expect(read("alertmanager", { version: "4", alerts }).alerts).toMatchObject([
      { fingerprint: "c0f5a1d84b1e37a2" },
      { path: "alerts[1]", reason: "must be an object" },
      { path: "alerts[2].status", reason: 'must be "firing" or "resolved"' },
      { title: "An alert", fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/) },
    ]);
  });

  test("what it left out itself is said", () => {
    const truncated = { ...bodyOf("alertmanager"), truncatedAlerts: 7 };
    expect(read("alertmanager", truncated)).toMatchObject({ truncated: 7 });
  });
});

test("Grafana: its own shape, and its button Test is always a new alert", () => {
  const body = bodyOf("grafana");
  expect(read("grafana", body).alerts).toMatchObject([
    {
      fingerprint: "c6eadffa33fcdf37",
      status: "firing",
      title: "The memory of web-1 is nearly used up.",
      startsAt: new Date("2026-11-23T02:51:03.157Z"),
      url: "https://grafana.shop.example/alerting/grafana/1afz29v7z/view",
    },
  ]);
  const [alert] = body["alerts"] as object[];
  const labels = { alertname: "TestAlert", instance: "Grafana" };
  expect(read("grafana", { ...body, alerts: [{ ...alert, labels }] }).alerts).toMatchObject([
    { isAlwaysNew: true },
  ]);
});

test("Uptime Kuma: down, up, its button Test", () => {
  const body = bodyOf("uptime-kuma");
  expect(read("uptime-kuma", body).alerts).toMatchObject([
    {
      fingerprint: "monitor-29",
      status: "firing",
      title: "shop.example is down",
      text: "connect ECONNREFUSED 192.0.2.10:443",
      labels: { monitor: "shop.example", team: "web", type: "http" },
      url: "https://shop.example/",
    },
  ]);
  const up = { ...body, heartbeat: { ...(body["heartbeat"] as object), status: 1 } };
  expect(read("uptime-kuma", up).alerts).toMatchObject([
    { fingerprint: "monitor-29", status: "resolved", title: "shop.example is up" },
  ]);
  const trial = { heartbeat: null, monitor: null, msg: "My Webhook Testing" };
  expect(read("uptime-kuma", trial).alerts).toMatchObject([
    { fingerprint: "test", isAlwaysNew: true, title: "My Webhook Testing" },
  ]);
});

test("PagerDuty: trigger, acknowledge, resolve, and what is missing", () => {
  const payload = {
    summary: "DISK at 99% on machine prod-datapipe03.example.com",
    severity: "critical",
    source: "prod-datapipe03.example.com",
    component: "mysql",
    custom_details: { "free space": "1%", ping: 1500 },
  };
  const links = [{ href: "https://shop.example/graph" }];
  const event = { event_action: "trigger", dedup_key: "srv01/mysql", payload, links };
  expect(read("pagerduty", event).alerts).toMatchObject([
    {
      fingerprint: "srv01/mysql",
      status: "firing",
      title: payload.summary,
      severity: "critical",
      labels: { source: payload.source, component: "mysql", "free space": "1%", ping: "1500" },
      url: "https://shop.example/graph",
      isAlwaysNew: false,
    },
  ]);
  const ends = { dedup_key: "srv01/mysql" };
  expect(read("pagerduty", { ...ends, event_action: "acknowledge" }).alerts).toMatchObject([
    { status: "acknowledged", fingerprint: "srv01/mysql" },
  ]);
  expect(read("pagerduty", { ...ends, event_action: "resolve" }).alerts).toMatchObject([
    { status: "resolved", fingerprint: "srv01/mysql" },
  ]);
  expect(read("pagerduty", { event_action: "trigger", payload }).alerts).toMatchObject([
    { isAlwaysNew: true },
  ]);
  expect(read("pagerduty", { event_action: "trigger" }).alerts).toEqual([
    { path: "payload.summary", reason: "is missing" },
  ]);
  expect(read("pagerduty", { event_action: "resolve" }).alerts).toEqual([
    { path: "dedup_key", reason: "is missing" },
  ]);
});

test("OneUptime: a created, an acknowledged and a resolved incident", () => {
  const incident = {
    _id: "376d7300-28fe-11f1-b591-3fdcef396aba",
    title: "Database down",
    description: "db-1 does not answer",
    createdAt: "2026-11-23T03:12:04.731Z",
    currentIncidentState: { name: "Identified", isCreatedState: true },
    incidentSeverity: { name: "Critical Incident" },
    labels: [{ name: "shop" }],
    monitors: [{ name: "db-1" }],
  };
  const expected = {
    fingerprint: incident._id,
    status: "firing",
    title: "Database down",
    severity: "Critical Incident",
    labels: { shop: "true", labels: "shop", monitor: "db-1", severity: "Critical Incident" },
    startsAt: new Date(incident.createdAt),
  };
  for (const body of [incident, { incident }, { model: incident }])
    expect(read("oneuptime", body).alerts).toMatchObject([expected]);
  const wrapped = { _type: "ObjectID", value: incident._id };
  const created = { _type: "DateTime", value: incident.createdAt };
  const state = (flags: object) => ({
    ...incident,
    _id: wrapped,
    createdAt: created,
    currentIncidentState: flags,
  });
  expect(read("oneuptime", state({ isAcknowledgedState: true })).alerts).toMatchObject([
    { ...expected, status: "acknowledged" },
  ]);
  expect(read("oneuptime", state({ isResolvedState: true })).alerts).toMatchObject([
    { ...expected, status: "resolved" },
  ]);
});

test("Zabbix: what the script of the guide sends", () => {
  const event = {
    event_id: "4711",
    event_value: "1",
    ack_status: "No",
    event_name: "High CPU",
    host: "web-1",
    severity: "High",
    tags: "service:shop, team:web",
    operational_data: "97 %",
    event_time: "2026.11.23 04:12:04",
    url: "",
  };
  const expected = {
    fingerprint: "4711",
    status: "firing",
    title: "High CPU on web-1",
    text: "97 %",
    labels: { service: "shop", team: "web", host: "web-1", severity: "High" },
  };
  expect(read("zabbix", event).alerts).toMatchObject([expected]);
  expect(read("zabbix", { ...event, ack_status: "Yes" }).alerts).toMatchObject([
    { ...expected, status: "acknowledged" },
  ]);
  expect(read("zabbix", { ...event, event_value: "0" }).alerts).toMatchObject([
    { ...expected, status: "resolved" },
  ]);
});

test("JSON, by its mapping", () => {
  const problem = {
    id: 7,
    name: "Disk full",
    host: "db-1",
    since: 1_795_403_524,
    tags: { team: "db" },
  };
  const problems = [problem, { ...problem, state: "Closed" }, { other: 1 }, "text"];
  expect(read("json", { problems }).alerts).toMatchObject([
    {
      fingerprint: "7",
      status: "firing",
      title: "Disk full on db-1",
      labels: { team: "db" },
      startsAt: new Date(1_795_403_524_000),
    },
    { fingerprint: "7", status: "resolved" },
    { title: "on" },
    { title: "on" },
  ]);
  expect(() => read("json", { other: [] })).toThrow("where the mapping of the source says");
  const simple = aSource({ kind: "json", mapping: { title: "/t" } });
  expect(readAlerts(simple, { t: "x" }).alerts).toMatchObject([{ title: "x" }]);
  expect(readAlerts(simple, [{ t: "x" }, {}]).alerts).toMatchObject([
    { title: "x" },
    { path: "alerts[1]", reason: "has neither a title nor a fingerprint; the title is read at /t" },
  ]);
});

const FIELDS =
  "alerts status labels msg heartbeat event_action payload _id title event_id problems firing __proto__".split(
    " ",
  );
const EXPECTED = /^The body is no notification of .*: expected is /;
const EXPECTED_IS = "The body is no notification of none: expected is none";

function readOrRefusal(
  kind: Kind,
  body: unknown,
): { refusal?: string; alerts?: AlertBody["alerts"] } {
  try {
    return read(kind, body);
  } catch (error) {
    if (error instanceof CallLogError) return { refusal: error.message };
    throw error;
  }
}

describe.each(ALERT_SOURCE_KIND_NAMES)("%s", (kind) => {
  test("any JSON is read, or refused with what is expected", () => {
    const field = fc.constantFrom(...FIELDS);
    const value = fc.anything({
      key: field,
      values: [field, fc.integer(), fc.boolean(), fc.constant(null)],
    });
    fc.assert(
      fc.property(value, (given) => {
        const body: unknown = JSON.parse(JSON.stringify(given) ?? "null");
        const { refusal, alerts = [] } = readOrRefusal(kind, body);
        expect(refusal ?? EXPECTED_IS).toMatch(EXPECTED);
        for (const alert of alerts)
          expect("reason" in alert ? alert.path : alert.fingerprint).not.toBe("");
      }),
    );
  });
});
