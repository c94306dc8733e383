import { ALERT_SOURCE_KIND_NAMES, type AlertSourceKind, newAlertSource } from "@call-log/model";
import { createLogger } from "@call-log/runtime";
import { collectionsOf } from "@call-log/store/testing";
import fc from "fast-check";
import {
  afterAll,
  beforeAll,
  beforeEach,
  describe,
  expect,
  onTestFinished,
  test,
  vi,
} from "vitest";

import { type AskOptions, freshApi, type FreshApi } from "../testing/fresh-api.ts";

let api: FreshApi;
beforeAll(async () => {
  api = await freshApi();
});
beforeEach(async () => {
  await collectionsOf(api.store).callLogs.deleteMany({});
});
afterAll(() => api[Symbol.asyncDispose]());

const TO = "+15550100100";

async function source(kind: AlertSourceKind, rule: object = {}) {
  const mapping = kind === "json" ? { mapping: { title: "/title" } } : {};
  const input = newAlertSource.parse({ name: kind, kind, rule: { to: TO, ...rule }, ...mapping });
  const created = await api.store.alertSources.create(api.projectId, input);
  const { token } = created;
  const id = created.source._id;
  return {
    id,
    token,
    path: `/in/${kind}/${token}`,
    post: (body: unknown, options: AskOptions = {}) =>
      api.ask("POST", `/in/${kind}/${token}`, { key: null, body, ...options }),
    recent: () => api.store.alertSources.deliveries(api.projectId, id),
  };
}

const alertOf = (n: number, given: object = {}) => ({
  status: "firing",
  labels: { alertname: `Alert ${n}` },
  annotations: {},
  startsAt: "2026-11-23T03:12:04.731Z",
  fingerprint: `f${n}`,
  ...given,
});
const calls = () => collectionsOf(api.store).callLogs.find().toArray();

describe("a notification", () => {
  test("is answered alert by alert, and kept as one of the last ones", async () => {
    const { post, recent } = await source("alertmanager");
    const body = { version: "4", alerts: [alertOf(1), alertOf(2, { status: "odd" }), alertOf(3)] };
    const answer = await post(body);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        taken: 2,
        refused: 1,
        results: [
          { index: 0, result: "called", callLogId: expect.any(String) },
          {
            index: 1,
            result: "refused",
            reason: expect.stringContaining("alerts[1].status"),
          },
          { index: 2, result: "called" },
        ],
      },
    });
    expect(await calls()).toHaveLength(2);
    expect((await post(body)).body).toMatchObject({ taken: 2, refused: 1 });
    expect(await calls()).toHaveLength(2);
    expect(await recent()).toMatchObject([
      { status: 200, counts: { repeated: 2, refused: 1 } },
      {
        status: 200,
        counts: { called: 2, refused: 1 },
        answers: [{ index: 1, result: "refused" }],
        requestId: answer.body["requestId"],
      },
    ]);
  });

  test("of which nothing can be taken is 422; what is no notification is 400: both are kept", async () => {
    const { post, recent } = await source("alertmanager");
    expect(await post({ alerts: [{}] })).toMatchObject({ status: 422, body: { refused: 1 } });
    expect(await post({ alert: 1 })).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('expected is an object with a list "alerts"') },
    });
    expect(await post("not JSON")).toMatchObject({ status: 400 });
    expect(await post("")).toMatchObject({ status: 400 });
    expect(await post({ alerts: [] })).toMatchObject({ status: 200, body: { taken: 0 } });
    expect((await recent()).map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      200, 400, 400, 400, 422,
    ]);
  });

  test("of ten thousand alerts loses none: ten calls of their own, and one for the rest", async () => {
    const { post, recent } = await source("alertmanager");
    const alerts = Array.from({ length: 10_000 }, (_, n) => alertOf(n, { text: "x".repeat(100) }));
    const { status, body } = await post({ groupKey: "g", alerts });
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { taken: 10_000, refused: 0, notListed: 9000 },
    });
    expect(await calls()).toHaveLength(11);
    expect((await recent())[0]?.counts.called).toBe(10_000);
  });

  test("that is too large is 413 with what helps, and kept", async () => {
    const { post, recent } = await source("alertmanager");
    const answer = await post(`"${"x".repeat(17_000_000)}"`);
    expect(answer).toMatchObject({
      status: 413,
      body: { message: expect.stringContaining("max_alerts of Alertmanager") },
    });
    expect(await recent()).toMatchObject([{ status: 413, counts: { refused: 1 } }]);
  });

  test("with odd characters and another content type is taken", async () => {
    const { post } = await source("alertmanager");
    const odd = "\u0000\u001B[31m\uD83D 🔥 \u202E $where";
    const labels = { alertname: odd, "a.b": odd, $where: odd, ["__proto__"]: odd };
    const headers = { "content-type": "text/plain" };
    const answer = await post({ alerts: [alertOf(1, { labels })] }, { headers });
    expect(answer).toMatchObject({ status: 200, body: { taken: 1 } });
    const bytes = Buffer.concat([
      Buffer.from('{"alerts":[{"status":"firing","labels":{"alertname":"'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('"}}]}'),
    ]);
    const { token } = await source("alertmanager");
    const sent = await api.server.inject({
      method: "POST",
      url: `/in/alertmanager/${token}`,
      payload: bytes,
    });
    expect(sent.statusCode).toBe(200);
  });

  test("that the database can't take is 503 with a time to try again, and then taken", async () => {
    const { post } = await source("alertmanager");
    vi.spyOn(api.store.calls, "insertMany").mockRejectedValueOnce(new Error("away"));
    onTestFinished(() => void vi.restoreAllMocks());
    const body = { alerts: [alertOf(77)] };
    const refused = await post(body);
    expect(refused).toMatchObject({ status: 503, body: { taken: 0, refused: 1 } });
    expect(refused.headers["retry-after"]).toBe("5");
    expect(await post(body)).toMatchObject({ status: 200, body: { taken: 1 } });
    expect(await calls()).toHaveLength(1);
  });

  test("of a source that is turned off calls nobody", async () => {
    const { post, id } = await source("alertmanager");
    await api.store.alertSources.update({ projectId: api.projectId, id }, { enabled: false });
    expect(await post({ alerts: [alertOf(1)] })).toMatchObject({
      status: 200,
      body: { results: [{ result: "ignored", reason: "the source is turned off" }] },
    });
    expect(await calls()).toEqual([]);
  });
});

describe("as PagerDuty", () => {
  const payload = { summary: "Disk full", severity: "critical", source: "db-1" };

  test.each(["address", "routing key"])(
    "an event is taken by %s and answered as there",
    async (by) => {
      const { path, token } = await source("pagerduty");
      const event = { routing_key: token, event_action: "trigger", dedup_key: "d1", payload };
      const url = by === "address" ? path : "/v2/enqueue";
      expect(await api.ask("POST", url, { key: null, body: event })).toMatchObject({
        status: 202,
        body: { status: "success", message: "Event processed", dedup_key: "d1" },
      });
      expect(await calls()).toHaveLength(1);
      const bad = { ...event, payload: {} };
      expect(await api.ask("POST", url, { key: null, body: bad })).toMatchObject({
        status: 400,
        body: { status: "invalid event", errors: ["payload.summary: is missing"] },
      });
    },
  );

  test.each([undefined, "x", 7, "0".repeat(32)])(
    "routing key %j is refused as there",
    async (key) => {
      const body = { routing_key: key, event_action: "trigger", payload };
      expect(await api.ask("POST", "/v2/enqueue", { key: null, body })).toMatchObject({
        status: 400,
        body: { status: "invalid event", errors: [expect.stringContaining("token")] },
      });
    },
  );
});

describe("the token", () => {
  test("may come as a bearer token or as the password of basic authentication", async () => {
    const { token } = await source("alertmanager");
    const basic = Buffer.from(`call-log:${token}`).toString("base64");
    for (const authorization of [`Bearer ${token}`, `Basic ${basic}`])
      expect(
        await api.ask("POST", "/in/alertmanager", {
          key: null,
          body: { alerts: [] },
          headers: { authorization },
        }),
      ).toMatchObject({ status: 200 });
  });

  test("that is wrong, missing, replaced or of another kind is refused with advice", async () => {
    const { id, token } = await source("alertmanager");
    const ask = (url: string) => api.ask("POST", url, { key: null, body: { alerts: [] } });
    expect(await ask(`/in/alertmanager/${"0".repeat(32)}`)).toMatchObject({
      status: 401,
      body: { message: expect.stringContaining("call-log alert-sources rotate-token") },
    });
    expect(await ask("/in/alertmanager")).toMatchObject({
      status: 401,
      body: { message: expect.stringContaining("Bearer") },
    });
    expect(await ask(`/in/grafana/${token}`)).toMatchObject({
      status: 404,
      body: { message: expect.stringContaining("/in/alertmanager/") },
    });
    expect(await ask(`/in/nagios/${token}`)).toMatchObject({
      status: 404,
      body: { message: expect.stringContaining("known: alertmanager, grafana") },
    });
    await api.store.alertSources.rotateToken({ projectId: api.projectId, id }, 0);
    expect((await ask(`/in/alertmanager/${token}`)).status).toBe(401);
    const kept = await api.store.alertSources.deliveries(api.projectId, id);
    const refused = (reason: string) => [
      { result: "refused", reason: expect.stringContaining(reason) },
    ];
    expect(kept).toHaveLength(3);
    expect(kept).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ status: 401, answers: refused("replaced") }),
        expect.objectContaining({ status: 404, answers: refused("/in/alertmanager/") }),
      ]),
    );
  });

  test("is in no line of the log, for whatever is sent", async () => {
    const lines: string[] = [];
    const to = { write: (line: string) => void lines.push(line) };
    const log = createLogger({ role: "api", level: "debug", to });
    const server = await api.serverWith({ log });
    const { path, token } = await source("alertmanager");
    const bodies = [{ alerts: [alertOf(1)] }, "no JSON", `"${"x".repeat(17_000_000)}"`];
    for (const body of bodies) await api.ask("POST", path, { key: null, body, server });
    await api.ask("POST", `${path}x`, { key: null, body: {}, server });
    const text = lines.join("\n");
    expect(text).toContain("/in/:source/:token");
    expect(text).not.toContain(token);
    expect(text).not.toContain(TO);
  });

  test("counts towards the limit of requests of its source, and a wrong one towards that of its address", async () => {
    const limits = { REQUESTS_PER_MINUTE: 2, FAILED_KEYS_PER_MINUTE: 2 };
    const at = new Date("2126-11-23T03:12:00Z");
    const server = await api.serverWith({ limits, now: () => at });
    const { path } = await source("alertmanager");
    const ask = async (url: string) =>
      (await api.ask("POST", url, { key: null, body: { alerts: [] }, server })).status;
    expect([await ask(path), await ask(path), await ask(path)]).toEqual([200, 200, 429]);
    const wrong = ["1", "2", "3"].map((digit) => `/in/alertmanager/${digit.repeat(32)}`);
    const statuses = [];
    for (const url of wrong) statuses.push(await ask(url));
    expect(statuses).toEqual([401, 401, 429]);
  });
});

describe.each(ALERT_SOURCE_KIND_NAMES)("to a source of the kind %s", (kind) => {
  test("any JSON gets an answer, never a 5xx, and every alert of it is accounted for", async () => {
    const { post } = await source(kind);
    const name = fc.constantFrom(
      ..."alerts status labels annotations startsAt msg heartbeat monitor event_action dedup_key payload summary _id title event_id event_value __proto__ constructor".split(
        " ",
      ),
    );
    const text = fc.oneof(
      fc.constantFrom("firing", "resolved", "trigger", "resolve", "0", "1"),
      fc.string({ unit: "binary" }),
    );
    const value = fc.anything({
      key: name,
      values: [text, fc.integer(), fc.double(), fc.boolean(), fc.constant(null)],
      maxDepth: 5,
    });
    await fc.assert(
      fc.asyncProperty(value, async (given) => {
        const body = JSON.stringify(given) ?? "null";
        const { status, body: answer } = await post(body);
        expect({ body, isAnswered: status < 500 && Object.keys(answer).length > 0 }).toEqual({
          body,
          isAnswered: true,
        });
        const { alerts } = (JSON.parse(body) as { alerts?: unknown[] } | null) ?? {};
        const isGroup = ["alertmanager", "grafana"].includes(kind) && Array.isArray(alerts);
        const sum = Number(answer["taken"]) + Number(answer["refused"]);
        expect(isGroup ? sum : 0).toBe(isGroup ? alerts?.length : 0);
      }),
      { numRuns: 40 },
    );
  });
});
