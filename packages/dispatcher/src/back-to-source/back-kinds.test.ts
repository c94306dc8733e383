import { backToSource } from "@call-log/model";
import { expect, test } from "vitest";
import type { z } from "zod";

import { anAcknowledgement } from "../testing/an-acknowledgement.ts";
import { startFakeAlertmanager } from "../testing/fake-alertmanager.ts";
import { sendByFetch } from "../testing/send-by-fetch.ts";
import type { Acknowledgement } from "./acknowledgement.ts";
import { informSource, trySource } from "./back-kinds.ts";
import type { SourceAnswer, SourceRequest } from "./source-request.ts";

type Input = z.input<typeof backToSource>;
type Answer = (request: SourceRequest) => Omit<SourceAnswer, "retryAfter">;

const YES: Answer = () => ({ status: 200, body: "{}" });

/** Inform a source that answers like this; the requests it got, and what came of it. */
async function inform(settings: Input, change: Partial<Acknowledgement> = {}, answer = YES) {
  const acknowledgement = anAcknowledgement(change);
  const requests: SourceRequest[] = [];
  const send = (request: SourceRequest) => {
    requests.push(request);
    return Promise.resolve({ ...answer(request), retryAfter: undefined });
  };
  const now = acknowledgement.acknowledgedAt;
  const result = informSource(backToSource.parse(settings), { acknowledgement, now, send });
  return { acknowledgement, requests, ...(await result) };
}

const bodyOf = (request: SourceRequest | undefined) => JSON.parse(request?.body ?? "null");

test.each([
  [{}, undefined],
  [{ secret: "token" }, "Bearer token"],
  [
    { userName: "call-log", secret: "päss" },
    `Basic ${Buffer.from("call-log:päss").toString("base64")}`,
  ],
])("Alertmanager behind a proxy gets the credentials of %j", async (credentials, expected) => {
  await using fake = await startFakeAlertmanager("/am/api/v2");
  await informSource(
    backToSource.parse({ kind: "alertmanager", url: `${fake.url}/am/`, ...credentials }),
    { acknowledgement: anAcknowledgement(), now: new Date(), send: sendByFetch },
  );
  expect(fake.authorizations).toEqual([expected, expected]);
  expect(fake.silences).toHaveLength(1);
});

// https://grafana.com/docs/grafana/latest/developers/http_api/alerting/
test("Grafana's own Alertmanager is under a path of its own, and takes a token", async () => {
  await using fake = await startFakeAlertmanager("/api/alertmanager/grafana/api/v2");
  await informSource(backToSource.parse({ kind: "grafana", url: fake.url, secret: "glsa_x" }), {
    acknowledgement: anAcknowledgement(),
    now: new Date(),
    send: sendByFetch,
  });
  expect(fake.authorizations).toEqual(["Bearer glsa_x", "Bearer glsa_x"]);
  expect(fake.silences).toHaveLength(1);
});

// https://developer.pagerduty.com/docs/events-api-v2/trigger-events/
test("PagerDuty gets an acknowledge event under the key of the alert", async () => {
  const { requests, acknowledgement } = await inform({ kind: "pagerduty", secret: "R0UT1NG" });
  expect(requests.map(({ method, url }) => [method, url])).toEqual([
    ["POST", "https://events.pagerduty.com/v2/enqueue"],
  ]);
  expect(bodyOf(requests[0])).toEqual({
    routing_key: "R0UT1NG",
    event_action: "acknowledge",
    dedup_key: acknowledgement.alert.fingerprint,
  });
});

/** OneUptime, after https://oneuptime.com/reference/incident-state-timeline: states, an item in one of them, and its timeline. */
function oneUptime(current: { id: string; order: number }, isWrapped = false): Answer {
  const id = (value: string) => (isWrapped ? { _type: "ObjectID", value } : value);
  return ({ url, headers }) => {
    if (headers["apikey"] !== "key") return { status: 401, body: "" };
    if (url.includes("-state/get-list"))
      return { status: 200, body: JSON.stringify({ data: [{ _id: id("ack"), order: 2 }] }) };
    if (!url.includes("get-item")) return { status: 200, body: "{}" };
    const state = { _id: id(current.id), order: current.order };
    const name = url.includes("/incident/") ? "currentIncidentState" : "currentAlertState";
    return { status: 200, body: JSON.stringify({ [name]: state }) };
  };
}

test.each([
  ["incident", "incidentId", "incidentStateId"],
  ["alert", "alertId", "alertStateId"],
] as const)(
  "an %s of OneUptime moves to its acknowledged state",
  async (resource, idField, stateField) => {
    const settings = {
      kind: "oneuptime",
      url: "https://status.example/",
      resource,
      secret: "key",
    } as const;
    for (const isWrapped of [false, true]) {
      const { requests, acknowledgement, status } = await inform(
        settings,
        {},
        oneUptime({ id: "created", order: 1 }, isWrapped),
      );
      const { fingerprint } = acknowledgement.alert;
      expect(status).toBe(200);
      expect(requests.map(({ url }) => url)).toEqual([
        `https://status.example/api/${resource}-state/get-list?limit=1`,
        `https://status.example/api/${resource}/${fingerprint}/get-item`,
        `https://status.example/api/${resource}-state-timeline`,
      ]);
      expect(bodyOf(requests[2])).toEqual({
        data: {
          [idField]: fingerprint,
          [stateField]: "ack",
          rootCause: expect.stringContaining("Acknowledged by phone by Ada"),
        },
      });
    }
  },
);

test.each([
  ["acknowledged", { id: "ack", order: 2 }],
  ["resolved", { id: "resolved", order: 3 }],
])("what is %s at OneUptime stays so", async (_, current) => {
  const { requests, status } = await inform(
    { kind: "oneuptime", secret: "key" },
    {},
    oneUptime(current),
  );
  expect([requests.length, status]).toEqual([2, 200]);
});

test("OneUptime's refusal is the result, and an unreadable list of states ends it", async () => {
  const refused = await inform(
    { kind: "oneuptime", secret: "wrong" },
    {},
    oneUptime({ id: "a", order: 1 }),
  );
  expect([refused.requests.length, refused.status]).toEqual([1, 401]);
  const page: Answer = () => ({ status: 200, body: "<html>" });
  await expect(inform({ kind: "oneuptime", secret: "key" }, {}, page)).rejects.toThrow(
    "OneUptime has no acknowledged state that this key may read",
  );
});

test("a template fills address, headers and JSON, and values can't break out of them", async () => {
  const hostile = 'x"/../?a=b&c\r\nInjected: 1';
  const labels = { instance: hostile, team: "db" };
  const alert = { fingerprint: hostile, title: "Down", sourceName: "Shop", labels };
  const { requests, acknowledgement } = await inform(
    {
      kind: "template",
      method: "PUT",
      url: "https://tickets.example/api/{{ fingerprint }}/ack?team={{ labels.team }}",
      headers: { Authorization: "Bearer {{ secret }}", "X-Instance": "{{ labels.instance }}" },
      body: {
        note: "{{ comment }}",
        deep: [{ by: "{{by}}", host: "{{ labels.instance }}" }],
        n: 1,
      },
      secret: "s3cret",
    },
    { alert },
  );
  const { pathname, searchParams, host } = new URL(requests[0]!.url);
  expect([host, searchParams.get("team"), searchParams.size]).toEqual(["tickets.example", "db", 1]);
  expect(pathname).toBe(`/api/${encodeURIComponent(hostile)}/ack`);
  expect(requests[0]).toMatchObject({
    method: "PUT",
    headers: {
      "content-type": "application/json",
      authorization: "Bearer s3cret",
      "x-instance": 'x"/../?a=b&c??Injected: 1',
    },
  });
  expect(bodyOf(requests[0])).toEqual({
    note: `Acknowledged by phone by Ada (pressed 4 at ${acknowledgement.acknowledgedAt.toISOString()}, call ${acknowledgement.callLogId})`,
    deep: [{ by: "Ada", host: hostile }],
    n: 1,
  });
});

test("a trial makes a silence of a minute that matches no alert", async () => {
  await using fake = await startFakeAlertmanager();
  const settings = backToSource.parse({
    kind: "alertmanager",
    url: fake.url,
    matchLabels: ["alertname"],
  });
  const now = new Date();
  const trial = { id: "0198f2a4-1111-7000-8000-000000000001", sourceName: "Prometheus", now };
  expect((await trySource(settings, { ...trial, send: sendByFetch })).status).toBe(200);
  expect(fake.silences).toMatchObject([
    {
      matchers: [{ name: "call_log_test", value: trial.id }],
      endsAt: new Date(now.getTime() + 60_000).toISOString(),
    },
  ]);
});

test("a trial at OneUptime changes nothing", async () => {
  const requests: string[] = [];
  const send = (request: SourceRequest) => {
    requests.push(request.url);
    const answer = oneUptime({ id: "created", order: 1 })(request);
    return Promise.resolve({ ...answer, retryAfter: undefined });
  };
  const settings = backToSource.parse({ kind: "oneuptime", secret: "key" });
  await trySource(settings, { id: "x", sourceName: "OneUptime", now: new Date(), send });
  expect(requests).toEqual(["https://oneuptime.com/api/incident-state/get-list?limit=1"]);
});
