import { collectionsOf } from "@call-log/store/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { freshApi, type FreshApi } from "../testing/fresh-api.ts";

let api: FreshApi;
beforeAll(async () => {
  api = await freshApi();
});
afterAll(() => api[Symbol.asyncDispose]());

const ID = "376d7300-28fe-11f1-b591-3fdcef396aba";

describe("what exists", () => {
  test.each([
    ["POST", "/api/call-log/get-list"],
    ["GET", "/api/call-log/get-list"],
    ["POST", "/api/call-log/get-list/"],
    ["POST", "/API/Call-Log/GET-LIST?skip=0&limit=10"],
    ["POST", "/api/call-log/get-list/?limit=10"],
    ["POST", "/api/call-log/count"],
    ["POST", "/Api/call-log/Count/"],
  ])("%s %s", async (method, url) => {
    expect((await api.ask(method, url)).body).toMatchObject({ count: 0 });
  });

  test.each([
    ["POST", `/api/call-log/${ID}/get-item`],
    ["GET", `/api/call-log/${ID}/get-item`],
    ["POST", `/API/CALL-LOG/${ID.toUpperCase()}/Get-Item/`],
  ])("%s %s", async (method, url) => {
    await api.keep({ _id: ID });
    expect((await api.ask(method, url)).body).toEqual({ _id: ID });
    await collectionsOf(api.store).callLogs.deleteMany({});
  });
});

describe("what does not exist", () => {
  test.each([
    ["GET", "/api/call-log/count"],
    ["DELETE", "/api/call-log/x/get-item"],
    ["PATCH", "/api/call-log/x"],
    ["GET", "/api/call-log"],
    ["PUT", "/api/call-log"],
    ["DELETE", "/api/call-log"],
    ["GET", "/api/call-log/x"],
    ["POST", "/api/call-log/x"],
    ["OPTIONS", "/api/call-log/get-list"],
    ["PROPFIND", "/api/call-log/get-list"],
    ["POST", "/api/call-log/get-list/more"],
    ["POST", "/api/incident/get-list"],
    ["GET", "/api"],
    ["GET", "/api/"],
    ["POST", "/get-list"],
  ])("%s %s is a JSON 404", async (method, url) => {
    const answer = await api.ask(method, url);
    expect(answer.status).toBe(404);
    expect(answer.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(answer.body).toEqual({
      error: "There is no such route.",
      message: "There is no such route.",
      code: "NOT_FOUND",
      requestId: expect.any(String),
    });
  });

  test.each([
    ["text/plain", "hello"],
    ["application/json", "{"],
    ["application/x-www-form-urlencoded", "a=1"],
    ["application/json", "[".repeat(2_000_000)],
  ])("not even with a body of %s", async (contentType, body) => {
    const headers = { "content-type": contentType };
    const answer = await api.ask("POST", "/api/nothing", { headers, body });
    expect(answer.status).toBe(404);
  });
});

describe("what nobody may do", () => {
  const REFUSED = [
    ["PUT", `/api/call-log/${ID}`],
    ["DELETE", `/api/call-log/${ID}`],
    ["PUT", `/api/call-log/${ID}/update-item`],
    ["POST", `/api/call-log/${ID}/update-item`],
    ["GET", `/api/call-log/${ID}/update-item/`],
    ["DELETE", `/api/call-log/${ID}/delete-item`],
    ["POST", `/api/call-log/${ID}/Delete-Item`],
    ["GET", `/api/call-log/${ID}/delete-item`],
  ];

  test.each(REFUSED)("%s %s is 403 for the owner", async (method, url) => {
    await api.keep({ _id: ID });
    const { status, body } = await api.ask(method, url);
    expect([status, body["code"]]).toEqual([403, "FORBIDDEN"]);
    expect(await api.store.calls.find(ID)).toBeDefined();
    await collectionsOf(api.store).callLogs.deleteMany({});
  });

  test.each(REFUSED)("%s %s is 401 without a key", async (method, url) => {
    expect((await api.ask(method, url, { key: null })).status).toBe(401);
  });

  test("a body makes no difference", async () => {
    const options = { body: "x", headers: { "content-type": "text/plain" } };
    for (const [key, status] of [
      [api.key, 403],
      [null, 401],
    ] as const)
      expect((await api.ask("PUT", `/api/call-log/${ID}`, { ...options, key })).status).toBe(
        status,
      );
  });
});
