import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { freshApi, type FreshApi } from "../testing/fresh-api.ts";

let api: FreshApi;
beforeAll(async () => {
  api = await freshApi();
});
afterAll(() => api[Symbol.asyncDispose]());

const REQUEST = { toNumber: "+1-555-999-8888", say: "The database of shop.example is down." };

async function dispatch(inHeader: string | string[] | undefined, inBody?: unknown) {
  const answer = await api.server.inject({
    method: "POST",
    url: "/api/call-log",
    headers: {
      ApiKey: api.key,
      ...(inHeader !== undefined && { "Idempotency-Key": inHeader }),
    },
    payload: { ...REQUEST, ...(inBody !== undefined && { idempotencyKey: inBody }) },
  });
  const { _id, error } = answer.json<{ _id?: string; error?: string }>();
  return {
    status: answer.statusCode,
    _id,
    error,
    replayed: answer.headers["idempotent-replayed"],
  };
}

describe("the header Idempotency-Key", () => {
  test("is the body's key: the same call, with the header of a repetition", async () => {
    const first = await dispatch("incident-1");
    const [byHeader, byBody, byBoth] = [
      await dispatch("incident-1"),
      await dispatch(undefined, "incident-1"),
      await dispatch("incident-1", "incident-1"),
    ];
    expect([first.status, first.replayed]).toEqual([202, undefined]);
    for (const again of [byHeader, byBody, byBoth])
      expect(again).toEqual({ ...first, status: 200, replayed: "true" });
    expect((await api.store.calls.find(first._id!))?.idempotencyKey).toBe("incident-1");
  });

  test("is refused when it is another one than the body's", async () => {
    expect(await dispatch("incident-2", "incident-3")).toMatchObject({
      status: 400,
      error: "Idempotency-Key: is another one than the body's idempotencyKey; send one of them",
    });
    expect((await dispatch("incident-2", 7)).status).toBe(400);
  });

  test("is checked as the body's key is", async () => {
    expect(await dispatch("x".repeat(256))).toMatchObject({
      status: 400,
      error: "idempotencyKey: must be at most 255 characters",
    });
    expect((await dispatch("")).status).toBe(400);
  });

  test("is refused when it is sent twice", async () => {
    expect(await dispatch(["a", "b"])).toMatchObject({
      status: 400,
      error: "Idempotency-Key: must be sent once",
    });
  });
});

test("a call that is called again twice is a repetition, too", async () => {
  const [over] = await api.keep({ status: "Completed" });
  const again = () =>
    api.server.inject({
      method: "POST",
      url: `/calls/${over!._id}/retry`,
      headers: { ApiKey: api.key },
    });
  const [first, second] = [await again(), await again()];
  expect([first.statusCode, first.headers["idempotent-replayed"]]).toEqual([202, undefined]);
  expect([second.statusCode, second.headers["idempotent-replayed"]]).toEqual([200, "true"]);
});
