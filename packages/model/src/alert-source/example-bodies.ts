import type { AlertSourceKind } from "./alert-source-kind.ts";

/** A notification of each kind, as its program or its documentation writes it: what a dry run begins with, and what the guides post. */
export const EXAMPLE_BODIES: Readonly<Record<AlertSourceKind, Record<string, unknown>>> = {
  alertmanager: {
    receiver: "phone",
    status: "firing",
    alerts: [
      {
        status: "firing",
        labels: {
          alertname: "PostgresDown",
          instance: "db-1.shop.example:9187",
          job: "postgres",
          severity: "critical",
        },
        annotations: {
          description: "PostgreSQL on db-1.shop.example:9187 has not answered for 2 minutes.",
          runbook_url: "https://runbooks.shop.example/postgres-down",
          summary: "The database of shop.example is down.",
        },
        startsAt: "2026-11-23T03:12:04.731Z",
        endsAt: "0001-01-01T00:00:00Z",
        generatorURL: "http://prometheus.shop.example:9090/graph?g0.expr=pg_up+%3D%3D+0&g0.tab=1",
        fingerprint: "c0f5a1d84b1e37a2",
      },
      {
        status: "firing",
        labels: {
          alertname: "CheckoutErrorRate",
          job: "checkout",
          severity: "page",
        },
        annotations: {
          summary: "One in five checkouts of shop.example fails.",
        },
        startsAt: "2026-11-23T03:12:34.731Z",
        endsAt: "0001-01-01T00:00:00Z",
        generatorURL:
          "http://prometheus.shop.example:9090/graph?g0.expr=job%3Aerrors%3Arate5m+%3E+0.2&g0.tab=1",
        fingerprint: "7be3f09c51d2a846",
      },
      {
        status: "resolved",
        labels: {
          alertname: "DiskAlmostFull",
          device: "/dev/sda1",
          instance: "web-3.shop.example:9100",
          severity: "warning",
        },
        annotations: {
          summary: "The disk of web-3 is 91 % full.",
        },
        startsAt: "2026-11-23T02:48:04.731Z",
        endsAt: "2026-11-23T03:10:04.731Z",
        generatorURL:
          "http://prometheus.shop.example:9090/graph?g0.expr=disk_used+%3E+0.9&g0.tab=1",
        fingerprint: "19d4c2ab70e6f583",
      },
    ],
    groupLabels: {
      team: "shop",
    },
    commonLabels: {
      team: "shop",
    },
    commonAnnotations: {},
    externalURL: "http://alertmanager.shop.example:9093",
    version: "4",
    groupKey: '{}:{team="shop"}',
    truncatedAlerts: 0,
  },
  grafana: {
    receiver: "phone",
    status: "firing",
    orgId: 1,
    alerts: [
      {
        status: "firing",
        labels: {
          alertname: "High memory usage",
          grafana_folder: "Shop",
          severity: "page",
        },
        annotations: {
          summary: "The memory of web-1 is nearly used up.",
        },
        startsAt: "2026-11-23T04:51:03.157076+02:00",
        endsAt: "0001-01-01T00:00:00Z",
        generatorURL: "https://grafana.shop.example/alerting/grafana/1afz29v7z/view",
        fingerprint: "c6eadffa33fcdf37",
        silenceURL: "https://grafana.shop.example/alerting/silence/new?alertmanager=grafana",
        dashboardURL: "",
        panelURL: "",
        values: {
          B: 44.23943737541908,
          C: 1,
        },
        valueString: "[ var='B' labels={} value=44.23943737541908 ]",
      },
    ],
    groupLabels: {},
    commonLabels: {
      severity: "page",
    },
    commonAnnotations: {},
    externalURL: "https://grafana.shop.example/",
    version: "1",
    groupKey: '{}/{severity="page"}:{}',
    truncatedAlerts: 0,
    title: "[FIRING:1] High memory usage",
    state: "alerting",
    message: "1 firing",
  },
  "uptime-kuma": {
    heartbeat: {
      monitorID: 29,
      status: 0,
      time: "2026-11-23 03:12:04.731",
      msg: "connect ECONNREFUSED 192.0.2.10:443",
      important: true,
      duration: 60,
      retries: 2,
      timezone: "Europe/Berlin",
      timezoneOffset: "+01:00",
      localDateTime: "2026-11-23 04:12:04",
    },
    monitor: {
      id: 29,
      name: "shop.example",
      description: null,
      pathName: "Shop / shop.example",
      url: "https://shop.example/",
      method: "GET",
      hostname: null,
      port: null,
      maxretries: 2,
      active: true,
      type: "http",
      interval: 60,
      tags: [
        {
          id: 1,
          monitor_id: 29,
          tag_id: 3,
          value: "web",
          name: "team",
          color: "#DC2626",
        },
      ],
      accepted_statuscodes: ["200-299"],
      notificationIDList: {
        "2": true,
      },
    },
    msg: "[shop.example] [🔴 Down] connect ECONNREFUSED 192.0.2.10:443",
  },
  pagerduty: {
    event_action: "trigger",
    dedup_key: "db-1/disk",
    payload: {
      summary: "The disk of db-1 is full",
      severity: "critical",
      source: "db-1",
    },
  },
  oneuptime: {
    _id: "376d7300-28fe-11f1-b591-3fdcef396aba",
    title: "The database is down",
    description: "db-1 does not answer",
    createdAt: "2026-11-23T03:12:04.731Z",
    incidentSeverity: {
      name: "Critical Incident",
    },
    currentIncidentState: {
      name: "Identified",
      isAcknowledgedState: false,
      isResolvedState: false,
    },
    labels: [
      {
        name: "shop",
      },
    ],
    monitors: [
      {
        name: "db-1",
      },
    ],
  },
  zabbix: {
    event_id: "4711",
    event_value: "1",
    ack_status: "No",
    event_name: "High CPU utilization",
    host: "web-1",
    severity: "High",
    operational_data: "97 %",
    tags: "service:shop, team:web",
  },
  json: {
    jobs: [
      {
        name: "backup",
        state: "failed",
        error: "No space left on device",
        tags: {
          team: "database",
        },
      },
      {
        name: "report",
        state: "ok",
      },
    ],
  },
};

/** A mapping that reads the example of the kind `json`. */
export const EXAMPLE_JSON_MAPPING = {
  alerts: "/jobs",
  title: "The job {{ /name }} has failed",
  text: "/error",
  fingerprint: "/name",
  status: "/state",
  labels: "/tags",
} as const;
