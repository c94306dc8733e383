import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { freshApi, type FreshApi } from "../testing/fresh-api.ts";

let api: FreshApi;
beforeAll(async () => {
  api = await freshApi();
});
afterAll(() => api[Symbol.asyncDispose]());

const REQUEST = { toNumber: "+1-555-999-8888", say: "The database of shop.example is down." };

function dispatch(body: unknown, options = {}) {
  return api.ask("POST", "/api/call-log", { body, ...options });
}

describe("a request", () => {
  test("is recorded, and answered with its id", async () => {
    const { status, body } = await dispatch(REQUEST);
    expect([status, body]).toEqual([202, { _id: expect.any(String), status: "Queued" }]);
    const record = await api.store.calls.find(String(body["_id"]));
    expect(record).toMatchObject({
      projectId: api.projectId,
      toNumber: "+15559998888",
      status: "Queued",
      callData: { message: REQUEST.say },
    });
  });

  test("for later is scheduled", async () => {
    const { status, body } = await dispatch({ ...REQUEST, scheduledAt: "2999-01-01T00:00:00Z" });
    expect([status, body["status"]]).toEqual([202, "Scheduled"]);
  });

  test.each([
    ["+19005550100", /premium-rate numbers are not called unless/],
    ["+449098790000", /premium-rate numbers are not called unless/],
    ["+881612345678", /satellite numbers are not called unless/],
    ["+979123456789", /universal international numbers are not called unless/],
    ["+1911", /must not be an emergency number/],
    ["+112", /must not be an emergency number/],
    ["+49112", /must not be an emergency number/],
  ])("to %s is refused, with the rule", async (toNumber, words) => {
    const { status, body } = await dispatch({ ...REQUEST, toNumber });
    expect([status, body["code"]]).toEqual([400, "BAD_REQUEST"]);
    expect(body["error"]).toMatch(/^toNumber: /);
    expect(body["error"]).toMatch(words);
  });

  test.each([
    ["http://169.254.169.254/latest", /public host/],
    ["https://user:pw@shop.example/a.mp3", /no user name or password/],
    [`https://shop.example/${"a".repeat(100_000)}`, /at most 2000 characters/],
  ])("that plays %.40s is refused, with the rule", async (play, words) => {
    const { status, body } = await dispatch({ ...REQUEST, say: [{ play }] });
    expect(status).toBe(400);
    expect(body["error"]).toMatch(/^say\.0\.play: /);
    expect(body["error"]).toMatch(words);
  });

  test("that comes again under its key gives the same call log", async () => {
    const keyed = { ...REQUEST, idempotencyKey: "incident-123" };
    const first = await dispatch(keyed);
    const again = await dispatch({ ...keyed, toNumber: "+1 555 999 8888" });
    expect([first.status, again.status]).toEqual([202, 200]);
    expect(again.body).toEqual(first.body);
    const other = await dispatch({ ...keyed, say: "Something else." });
    expect([other.status, other.body["code"]]).toEqual([422, "UNPROCESSABLE_CONTENT"]);
    const elsewhere = await dispatch(keyed, { key: api.otherKey });
    expect(elsewhere.status).toBe(202);
    expect(elsewhere.body["_id"]).not.toBe(first.body["_id"]);
  });

  test("for a purpose that has a call in flight is refused, and names that call", async () => {
    const fenced = { ...REQUEST, purpose: "incident-7", scheduledAt: "2999-01-01T00:00:00Z" };
    const first = await dispatch(fenced);
    const second = await dispatch(fenced);
    expect([first.status, second.status, second.body["code"]]).toEqual([202, 409, "CONFLICT"]);
    expect(second.body["error"]).toContain(String(first.body["_id"]));
  });

  test("sent ten times at once is one call log", async () => {
    const keyed = { ...REQUEST, idempotencyKey: "at-once" };
    const answers = await Promise.all(Array.from({ length: 10 }, () => dispatch(keyed)));
    expect(new Set(answers.map(({ body }) => body["_id"])).size).toBe(1);
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(9);
  });

  test.each([
    [{}, /^toNumber: must be a phone number as text$/],
    [{ ...REQUEST, toNumber: "555" }, /^toNumber: must be a phone number with its country code/],
    [
      { ...REQUEST, toNumber: "+15559998888abc" },
      /^toNumber: must be a phone number with its country/,
    ],
    [{ ...REQUEST, say: "" }, /^say: must have something that can be said/],
    [{ ...REQUEST, say: "\u001b[0m\u0007" }, /^say: must have something that can be said/],
    [{ ...REQUEST, idempotencyKey: "x\ud83d" }, /^idempotencyKey: must be whole characters/],
    [{ ...REQUEST, tags: ["x\ud83d"] }, /^tags\.0: must be whole characters/],
    [{ ...REQUEST, deadlineAt: "2020-01-01T00:00:00Z" }, /^deadlineAt: must be in the future/],
    [{ ...REQUEST, colour: "red" }, /colour/],
    [{ ...REQUEST, projectId: "x" }, /projectId/],
    [{ ...REQUEST, retry: { maxAttempts: 0 } }, /^retry\.maxAttempts: /],
    [{ ...REQUEST, incident: { _id: "x" } }, /^incident\._id: must be a UUID/],
  ])("%j is refused", async (body, text) => {
    const answer = await dispatch(body);
    expect(answer.status).toBe(400);
    expect(answer.body["error"]).toMatch(text);
  });

  test("stands also while Redis is away", async () => {
    const dispatcher = api.dispatcherOn("redis://127.0.0.1:1");
    const server = await api.serverWith({ dispatcher });
    const { status, body } = await dispatch(REQUEST, { server });
    expect([status, body["status"]]).toEqual([202, "Queued"]);
    const record = await api.store.calls.find(String(body["_id"]));
    expect(record?.wakeAt).toBeDefined();
  });
});
