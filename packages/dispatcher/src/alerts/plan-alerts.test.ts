import { type Alert, type AlertBody, ALERT_SOURCE_KIND_NAMES, callRequest } from "@call-log/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { secondsAfter } from "../rules/seconds.ts";
import { START } from "../testing/a-call.ts";
import { alertKey, type LastCall } from "./alert-key.ts";
import { planAlerts } from "./plan-alerts.ts";
import { aSource } from "./testing/a-source.ts";

const TO = "+15559998888";
const DATABASE = "+15559998887";

function anAlert(given: Partial<Alert> = {}): Alert {
  return {
    fingerprint: "f1",
    status: "firing",
    title: "Database down",
    text: "",
    labels: { team: "database" },
    annotations: {},
    startsAt: START,
    document: {},
    ...given,
  };
}

type Rule = Partial<Parameters<typeof aSource>[0] & object>["rule"];

function plan(
  alerts: AlertBody["alerts"],
  { rule, last, now = START }: { rule?: Rule; last?: LastCall; now?: Date } = {},
) {
  const source = aSource({ rule: { to: TO, ...rule } });
  const known = (key: string) => (last === undefined ? [] : [[key, last] as const]);
  const lastCalls = new Map(known(alertKey(source._id, "f1")));
  return planAlerts(source, { alerts, groupKey: "g" }, { lastCalls, now });
}

const keysOf = (plans: ReturnType<typeof plan>) =>
  plans.map((one) => (one.kind === "call" ? one.request.idempotencyKey : one.kind));

describe("an alert that fires", () => {
  test("is one call, which asks for an acknowledgement", () => {
    const [call] = plan([
      anAlert({ text: "db-1 does not answer.", url: "https://shop.example/g" }),
    ]);
    expect(call).toMatchObject({
      kind: "call",
      indexes: [0],
      request: {
        toNumber: TO,
        reachedWhen: "acknowledged",
        retry: { maxAttempts: 3 },
        tags: ["alertmanager", "Monitoring"],
        say: [
          {
            gather: {
              say: "Database down. db-1 does not answer. Press 4 to acknowledge.",
              on: { "4": { acknowledge: true, say: "Acknowledged." } },
            },
          },
        ],
      },
      origin: {
        kind: "alertmanager",
        fingerprint: "f1",
        title: "Database down",
        labels: [{ name: "team", value: "database" }],
        startsAt: START,
        url: "https://shop.example/g",
        groupKey: "g",
        count: 1,
      },
    });
    expect(callRequest.safeParse(call?.kind === "call" && call.request).success).toBe(true);
  });

  test("is the same call when it is sent again, with another text too, and another one when it fires anew", () => {
    const later = { now: secondsAfter(START, 3600) };
    const first = keysOf(plan([anAlert()]));
    expect(keysOf(plan([anAlert({ title: "Database down for 5m" })], later))).toEqual(first);
    expect(keysOf(plan([anAlert({ startsAt: secondsAfter(START, 1) })]))).not.toEqual(first);
    expect(keysOf(plan([anAlert({ fingerprint: "f2" })]))).not.toEqual(first);
  });

  test("without a start goes on from its last call until that is resolved or a day old", () => {
    const alert = anAlert({ startsAt: undefined });
    const last = { callLogId: "c1", createdAt: START, isResolved: false };
    const first = keysOf(plan([alert]));
    expect(plan([alert], { last })).toMatchObject([{ kind: "repeated", callLogId: "c1" }]);
    const resolved = keysOf(plan([alert], { last: { ...last, isResolved: true } }));
    expect([...first, ...resolved]).toEqual([
      expect.stringMatching(/^alert:/),
      expect.stringMatching(/^alert:/),
    ]);
    expect(resolved).not.toEqual(first);
    const day = { last, now: secondsAfter(START, 86_400) };
    expect(keysOf(plan([alert], day))).toEqual(resolved);
  });

  test("that nothing relates to another one is a new call each minute", () => {
    const alert = anAlert({ isAlwaysNew: true });
    const at = (seconds: number) => keysOf(plan([alert], { now: secondsAfter(START, seconds) }));
    expect(at(30)).toEqual(at(0));
    expect(at(60)).not.toEqual(at(0));
  });

  test.each([
    [{ team: "Database " }, DATABASE],
    [{ team: "web" }, TO],
    [{}, TO],
  ])("with the labels %j calls %s", (labels, toNumber) => {
    const rule = { toByLabel: { label: "team", numbers: [{ is: "database", to: DATABASE }] } };
    expect(plan([anAlert({ labels })], { rule: { to: TO, ...rule } })).toMatchObject([
      { request: { toNumber } },
    ]);
  });

  test("of a sensitive rule leaves no title in the record", () => {
    const plans = plan([anAlert()], { rule: { to: TO, sensitive: true } });
    expect(plans).toMatchObject([{ request: { sensitive: true }, origin: { title: "" } }]);
  });
});

describe("an alert that has ended", () => {
  test("stops its calls that began no later", () => {
    expect(plan([anAlert({ status: "resolved" })])).toMatchObject([
      { kind: "stop", status: "resolved", until: START, indexes: [0] },
      // Of the call that alerts beyond the limit shared.
      { kind: "stop", indexes: [] },
    ]);
  });

  test("comes before another one of it that fires in the same notification", () => {
    const again = anAlert({ startsAt: secondsAfter(START, 5) });
    const plans = plan([again, anAlert({ status: "resolved" })]);
    expect(plans.map(({ kind }) => kind).filter((kind) => kind === "call")).toHaveLength(1);
    expect(plans.find(({ kind }) => kind === "stop")).toMatchObject({ until: START });
  });
});

describe("alerts of a group", () => {
  const many = (count: number, given: Partial<Alert> = {}) =>
    Array.from({ length: count }, (_, n) =>
      anAlert({ fingerprint: `f${n}`, title: `Alert ${n}`, ...given }),
    );
  const group = { rule: { to: TO, each: "group" as const } };

  test("are one call when the rule says so, for each callee", () => {
    expect(plan(many(7), group)).toMatchObject([
      {
        kind: "call",
        indexes: [0, 1, 2, 3, 4, 5, 6],
        request: {
          say: [
            {
              gather: {
                say: "7 alerts: Alert 0; Alert 1; Alert 2; Alert 3; Alert 4 and 2 more. Press 4 to acknowledge.",
              },
            },
          ],
        },
        origin: { count: 7, fingerprint: "group g" },
      },
    ]);
    const toByLabel = { label: "team", numbers: [{ is: "database", to: DATABASE }] };
    const mixed = [...many(2), anAlert({ fingerprint: "w", labels: {} })];
    const plans = plan(mixed, { rule: { ...group.rule, toByLabel } });
    expect(plans).toMatchObject([
      { indexes: [0, 1], request: { toNumber: DATABASE } },
      { indexes: [2], request: { toNumber: TO } },
    ]);
  });

  test("go on while one of them fires, and end with the last", () => {
    const [first, second] = many(2);
    const ended = { ...second!, status: "resolved" as const };
    expect(plan([first!, ended], group)).toMatchObject([
      { kind: "ignored", indexes: [1], reason: "others of its group still fire" },
      { kind: "call", indexes: [0] },
    ]);
    expect(plan(many(2, { status: "resolved" }), group)).toMatchObject([
      { kind: "stop", indexes: [0, 1], until: undefined },
    ]);
  });

  test("beyond the limit of calls share one more", () => {
    const plans = plan(many(10_000), { rule: { to: TO, maxCalls: 3 } });
    expect(plans).toHaveLength(4);
    expect(plans[3]).toMatchObject({ kind: "call", origin: { count: 9997 } });
    expect(plans[3]?.indexes).toHaveLength(9997);
  });
});

test("of a source that is turned off, nobody is called", () => {
  const source = { ...aSource(), enabled: false };
  const situation = { lastCalls: new Map<string, LastCall>(), now: START };
  expect(planAlerts(source, { alerts: [anAlert()] }, situation)).toMatchObject([
    { kind: "ignored", reason: "the source is turned off" },
  ]);
});

test("each alert of a notification is in exactly one plan, whatever it is", () => {
  const alert = fc.record({
    fingerprint: fc.constantFrom("f1", "f2", "f3"),
    status: fc.constantFrom("firing", "acknowledged", "resolved"),
    title: fc.string(),
    text: fc.string({ unit: "binary" }),
    labels: fc.constantFrom({}, { team: "database" }),
    startsAt: fc.constantFrom(undefined, START),
  });
  const unread = fc.record({ path: fc.string(), reason: fc.string() });
  const each = fc.constantFrom("alert" as const, "group" as const);
  fc.assert(
    fc.property(
      fc.array(fc.oneof(alert, unread)),
      each,
      fc.record({
        maxCalls: fc.integer({ min: 1, max: 3 }),
        kind: fc.constantFrom(...ALERT_SOURCE_KIND_NAMES),
      }),
      (given, how, { maxCalls, kind }) => {
        const alerts = given.map((one) => ("reason" in one ? one : anAlert(one as Partial<Alert>)));
        const rule = {
          to: TO,
          each: how,
          maxCalls,
          toByLabel: { label: "team", numbers: [{ is: "database", to: DATABASE }] },
        };
        const source = { ...aSource({ rule }), kind };
        const plans = planAlerts(source, { alerts }, { lastCalls: new Map(), now: START });
        const places = plans.flatMap(({ indexes }) => indexes).toSorted((a, b) => a - b);
        expect(places).toEqual(alerts.map((_, index) => index));
        for (const one of plans) if (one.kind === "call") callRequest.parse(one.request);
      },
    ),
  );
});
