import { createCallLogClient, type CallLogClient } from "@call-log/client";
import { TRPCClientError } from "@trpc/client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { freshApi, type FreshApi } from "./testing/fresh-api.ts";

let api: FreshApi;
let url: string;
beforeAll(async () => {
  api = await freshApi();
  url = await api.listen();
  await api.keep(
    { _id: ID, status: "Completed", incidentId: INCIDENT, callCostInUSDCents: 1.3 },
    { status: "Busy", tags: ["night"] },
    { status: "Busy", projectId: api.otherProjectId },
  );
});
afterAll(() => api[Symbol.asyncDispose]());

const ID = "5f8b9c0d-e1a2-4b3c-8d5e-6f7a8b9c0d1e";
const INCIDENT = "376d7300-28fe-11f1-b591-3fdcef396aba";
const NO_ID = "00000000-0000-4000-8000-000000000000";
const REQUEST = { toNumber: "+15559998888", say: "Hello" };

/** The same request by REST and by tRPC. */
const PROCEDURES = {
  getList: {
    rest: () => "/api/call-log/get-list",
    trpc: (client: CallLogClient, input: unknown) => client.callLog.getList.query(input as never),
  },
  getItem: {
    rest: (input: unknown) => `/api/call-log/${(input as { id: string }).id}/get-item`,
    trpc: (client: CallLogClient, input: unknown) => client.callLog.getItem.query(input as never),
  },
  count: {
    rest: () => "/api/call-log/count",
    trpc: (client: CallLogClient, input: unknown) => client.callLog.count.query(input as never),
  },
  dispatch: {
    rest: () => "/api/call-log",
    trpc: async (client: CallLogClient, input: unknown) => {
      const { repeated: _repeated, ...answer } = await client.calls.dispatch.mutate(input as never);
      return answer;
    },
  },
};

type Outcome = { data: unknown } | { code: unknown; error: unknown };

async function askRest(
  name: keyof typeof PROCEDURES,
  input: unknown,
  key: string,
): Promise<Outcome> {
  const body = name === "getItem" ? { select: (input as { select?: unknown }).select } : input;
  const answer = await api.ask("POST", PROCEDURES[name].rest(input), { body, key });
  if (answer.status < 300) return { data: answer.body };
  return { code: answer.body["code"], error: answer.body["error"] };
}

async function askTrpc(
  name: keyof typeof PROCEDURES,
  input: unknown,
  key: string,
): Promise<Outcome> {
  try {
    const client = createCallLogClient({ url, apiKey: key });
    return { data: await PROCEDURES[name].trpc(client, input) };
  } catch (error) {
    if (!(error instanceof TRPCClientError)) throw error;
    return { code: error.data?.code, error: error.message };
  }
}

describe("the same data", () => {
  test.each([
    ["getList", {}],
    ["getList", { select: { status: true, incident: true, createdAt: true, attempts: true } }],
    ["getList", { query: { status: "Busy" }, sort: { createdAt: "ASC" }, limit: 1 }],
    ["getList", { query: { callCostInUSDCents: { _type: "GreaterThan", value: 1 } } }],
    ["getList", { query: { incident: INCIDENT }, select: { incident: { title: true } } }],
    ["getList", { select: { project: { name: true } } }],
    ["getItem", { id: ID, select: { callData: true, callCostInUSDCents: true } }],
    ["getItem", { id: ID.toUpperCase() }],
    ["count", {}],
    ["count", { query: { $or: [{ status: "Busy" }, { tags: "night" }] } }],
    ["dispatch", { ...REQUEST, idempotencyKey: "both" }],
  ] as const)("%s %j", async (name, input) => {
    const rest = await askRest(name, input, api.key);
    expect(rest).toHaveProperty("data");
    expect(await askTrpc(name, input, api.key)).toEqual(rest);
  });
});

describe("the same refusal", () => {
  test.each([
    ["getList", { query: { colour: 1 } }, "BAD_REQUEST"],
    ["getList", { query: { status: { $where: "1" } } }, "BAD_REQUEST"],
    ["getList", { select: { status: 1 } }, "BAD_REQUEST"],
    ["getList", { sort: { callData: 1 } }, "BAD_REQUEST"],
    ["getList", { limit: 0 }, "BAD_REQUEST"],
    ["getList", { skip: 2.7 }, "BAD_REQUEST"],
    ["getList", { cursor: "x" }, "BAD_REQUEST"],
    ["getList", { querry: {} }, "BAD_REQUEST"],
    ["getItem", { id: "x" }, "BAD_REQUEST"],
    ["getItem", { id: NO_ID }, "NOT_FOUND"],
    ["count", { query: [] }, "BAD_REQUEST"],
    ["dispatch", {}, "BAD_REQUEST"],
    ["dispatch", { ...REQUEST, say: "Other", idempotencyKey: "both" }, "UNPROCESSABLE_CONTENT"],
  ] as const)("%s %j: %s", async (name, input, code) => {
    const rest = await askRest(name, input, api.key);
    expect(rest).toEqual({ code, error: expect.any(String) });
    expect(await askTrpc(name, input, api.key)).toEqual(rest);
  });

  test.each(Object.keys(PROCEDURES) as (keyof typeof PROCEDURES)[])(
    "%s without a right",
    async (name) => {
      const { key: nothing } = await api.keyWith([]);
      for (const [key, code] of [
        ["unknown", "UNAUTHORIZED"],
        [nothing, "FORBIDDEN"],
      ] as const) {
        const rest = await askRest(name, { id: ID }, key);
        expect(rest).toMatchObject({ code });
        expect(await askTrpc(name, { id: ID }, key)).toEqual(rest);
      }
    },
  );
});

describe("tRPC on the wire", () => {
  const at = (path: string, options = {}) => api.ask("POST", `/trpc/${path}`, options);

  test("an error has the code of the table, its status and the request id, and nothing else", async () => {
    const { status, body } = await at("callLog.count", { key: null, body: {} });
    expect(status).toBe(401);
    expect(body["error"]).toEqual({
      code: expect.any(Number),
      message: "The ApiKey header is missing. Send your API key in it.",
      data: {
        code: "UNAUTHORIZED",
        httpStatus: 401,
        path: "callLog.count",
        requestId: expect.any(String),
      },
    });
  });

  test.each([
    ["callLog.nothing", { body: {} }, 404],
    ["callLog.count", { body: "{" }, 400],
    ["callLog.count", { body: "x", headers: { "content-type": "text/plain" } }, 415],
    ["callLog.count", { body: `"${" ".repeat(1_100_000)}"` }, 413],
    ["callLog.getItem", { body: { id: NO_ID } }, 404],
    ["calls.cancel", { body: { id: NO_ID } }, 404],
  ])("%s %j: %i", async (path, options, status) => {
    expect((await at(path, options)).status).toBe(status);
  });

  test("many requests have an answer each", async () => {
    const client = createCallLogClient({ url, apiKey: api.key });
    const requests = [REQUEST, { ...REQUEST, toNumber: "112" }, { ...REQUEST, colour: 1 }, REQUEST];
    const { results } = await client.calls.dispatchMany.mutate({ requests });
    expect(results.map(({ ok }) => ok)).toEqual([true, false, false, true]);
    expect(results[1]).toMatchObject({ error: { code: "BAD_REQUEST" } });
  });

  test("a call that waits is canceled, and what is over can be called again", async () => {
    const client = createCallLogClient({ url, apiKey: api.key });
    const { _id: id } = await client.calls.dispatch.mutate(REQUEST);
    expect(await client.calls.cancel.mutate({ id })).toEqual({ _id: id, status: "Canceled" });
    const again = await client.calls.retry.mutate({ id });
    expect(again).toMatchObject({ status: "Queued", repeated: false });
    expect(
      await client.callLog.getItem.query({ id: again._id, select: { retryOf: true } }),
    ).toEqual({
      _id: again._id,
      retryOf: id,
    });
  });
});
