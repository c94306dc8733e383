import type { CallRecord } from "@call-log/model";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { freshApi, type FreshApi } from "../testing/fresh-api.ts";

let api: FreshApi;
beforeAll(async () => {
  api = await freshApi();
});
afterAll(() => api[Symbol.asyncDispose]());

const REQUEST = { toNumber: "+15559998888", say: "The database of shop.example is down." };
const NO_ID = "00000000-0000-4000-8000-000000000000";

async function waitingCall(): Promise<string> {
  const body = { ...REQUEST, scheduledAt: "2999-01-01T00:00:00Z" };
  return String((await api.ask("POST", "/api/call-log", { body })).body["_id"]);
}

/** A call that a lost answer left behind. */
async function unknownCall(): Promise<string> {
  const id = await waitingCall();
  const record = (await api.store.calls.find(id)) as CallRecord;
  const attempt = { ...record.attempts[0]!, provider: "simulated", claimedAt: new Date() };
  const unknown = { ...record, status: "Unknown", attempts: [{ ...attempt, state: "unknown" }] };
  await api.store.calls.replace(unknown as CallRecord);
  return id;
}

const act = (id: string, action: string, options = {}) =>
  api.ask("POST", `/calls/${id}/${action}`, options);

describe("cancel", () => {
  test("ends a call that waits; a second time it is over", async () => {
    const id = await waitingCall();
    expect(await act(id, "cancel")).toMatchObject({
      status: 200,
      body: { _id: id, status: "Canceled" },
    });
    expect((await api.store.calls.find(id))?.status).toBe("Canceled");
    expect(await act(id, "cancel")).toMatchObject({ status: 409, body: { code: "CONFLICT" } });
  });

  test("is refused while nobody knows whether the call was placed", async () => {
    const { status, body } = await act(await unknownCall(), "cancel");
    expect([status, body["error"]]).toEqual([409, expect.stringContaining("may or may not")]);
  });
});

describe("retry", () => {
  test("is one new call log, linked to the old one, however often it is asked for", async () => {
    const id = await waitingCall();
    expect((await act(id, "retry")).status).toBe(409);
    await act(id, "cancel");
    const first = await act(id, "retry");
    expect(first).toMatchObject({ status: 202, body: { status: "Queued" } });
    const again = await act(id, "retry");
    expect([again.status, again.body["_id"]]).toEqual([200, first.body["_id"]]);
    const record = await api.store.calls.find(String(first.body["_id"]));
    expect(record).toMatchObject({ retryOf: id, toNumber: REQUEST.toNumber });
  });

  test("is refused while the call is unknown", async () => {
    expect((await act(await unknownCall(), "retry")).status).toBe(409);
  });
});

describe("resolve", () => {
  test.each([
    [{ as: "not-placed" }, "Failed"],
    [{ as: "call-again" }, "Queued"],
  ])("%j makes the call %s", async (body, status) => {
    const id = await unknownCall();
    expect(await act(id, "resolve", { body })).toMatchObject({
      status: 200,
      body: { _id: id, status },
    });
    expect(await act(id, "resolve", { body })).toMatchObject({ status: 409 });
  });

  test.each([
    [{}, /^as: /],
    [{ as: "maybe" }, /^as: /],
    [{ as: "placed" }, /^providerCallId: must be the provider's id of the call/],
    [{ as: "placed", providerCallId: "SIM0" }, /^providerCallId: the provider knows no such call/],
    [{ as: "not-placed", colour: "red" }, /colour/],
  ])("%j is refused in words", async (body, text) => {
    const answer = await act(await unknownCall(), "resolve", { body });
    expect([answer.status, answer.body["error"]]).toEqual([400, expect.stringMatching(text)]);
  });
});

describe("every action", () => {
  const ACTIONS = [
    ["cancel", {}],
    ["retry", {}],
    ["resolve", { as: "not-placed" }],
  ] as const;

  test.each(ACTIONS)(
    "%s needs a key that may dispatch, and a call of its project",
    async (action, body) => {
      const id = await unknownCall();
      const viewer = await api.keyWith(["Viewer"]);
      const status = async (call: string, options: object) =>
        (await act(call, action, { body, ...options })).status;
      expect(await status(id, { key: null })).toBe(401);
      expect(await status(id, { key: viewer.key })).toBe(403);
      expect(await status(id, { key: api.otherKey })).toBe(404);
      expect(await status(NO_ID, {})).toBe(404);
      expect(await status("x", {})).toBe(400);
    },
  );

  test.each(ACTIONS)("%s is no route of OneUptime: under /api it is a 404", async (action) => {
    const answer = await api.ask("POST", `/api/call-log/${await unknownCall()}/${action}`);
    expect([answer.status, answer.body["code"]]).toEqual([404, "NOT_FOUND"]);
    expect((await api.ask("GET", `/calls/${NO_ID}/${action}`)).status).toBe(404);
  });
});
