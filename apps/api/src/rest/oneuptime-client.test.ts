import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { freshApi, type FreshApi } from "../testing/fresh-api.ts";

// Requests in the shape in which OneUptime's own client code sends them (its commit ab6f409): ModelAPI, CallLogsTable, its CLI's all-fields
// select.

let api: FreshApi;
let id: string;
beforeAll(async () => {
  api = await freshApi();
  const user = { _id: "376d7300-28fe-11f1-b591-3fdcef396aba", name: "Ada", email: "ada@x.example" };
  const [call] = await api.keep({ status: "Completed", user, userId: user._id });
  id = call!._id;
});
afterAll(() => api[Symbol.asyncDispose]());

const USER = { name: true, email: true, profilePictureId: true };
const LIST = "/api/call-log/get-list?limit=10&skip=0";

/** What the list of calls on its dashboard asks for. */
const table = () => ({
  query: { projectId: { _type: "ObjectID", value: api.projectId } },
  select: { toNumber: true, status: true, statusMessage: true, createdAt: true, user: USER },
  sort: { createdAt: "DESC" },
  groupBy: {},
});

describe("a list", () => {
  test("of its table is answered with the user as the table shows it", async () => {
    const { status, body } = await api.ask("POST", LIST, { body: table() });
    expect(status).toBe(200);
    expect(body["data"]).toEqual([
      expect.objectContaining({
        status: "Completed",
        user: expect.objectContaining({
          name: "Ada",
          email: "ada@x.example",
          profilePictureId: null,
        }),
      }),
    ]);
  });

  test("without a user's snapshot has null for the user", async () => {
    const [call] = await api.keep({ status: "Busy" });
    const body = { ...table(), query: { _id: { _type: "ObjectID", value: call!._id } } };
    expect((await api.ask("POST", LIST, { body })).body["data"]).toEqual([
      expect.objectContaining({ user: null }),
    ]);
  });

  test.each([[undefined], [null], [{}]])("with groupBy %j is a list", async (groupBy) => {
    const { status } = await api.ask("POST", LIST, { body: { ...table(), groupBy } });
    expect(status).toBe(200);
  });

  test.each([[{ status: true }], [[]], [["status"]], ["status"], [1], [true]])(
    "with groupBy %j is refused",
    async (groupBy) => {
      const { status, body } = await api.ask("POST", LIST, { body: { ...table(), groupBy } });
      expect([status, body["error"]]).toEqual([
        400,
        "groupBy: must be absent, null or {}: lists are not grouped",
      ]);
    },
  );
});

test("a count takes what a list takes", async () => {
  const { status } = await api.ask("POST", "/api/call-log/count", { body: table() });
  expect(status).toBe(200);
});

describe("all fields of one call log", () => {
  const select = {
    _id: true,
    createdAt: true,
    updatedAt: true,
    deletedAt: true,
    version: true,
    callData: true,
    user: USER,
  };

  test("come with those that only OneUptime's tables have", async () => {
    const { status, body } = await api.ask("POST", `/api/call-log/${id}/get-item`, {
      body: { select },
    });
    expect([status, body]).toEqual([200, expect.objectContaining({ deletedAt: null, version: 1 })]);
    expect(Object.keys(body).toSorted()).toEqual(Object.keys(select).toSorted());
  });

  test("leave out those that are not selected", async () => {
    const body = { select: { deletedAt: false, status: true } };
    const answer = await api.ask("POST", `/api/call-log/${id}/get-item`, { body });
    expect(answer.body).toEqual({ _id: id, status: "Completed" });
  });
});

test.each([
  { query: { deletedAt: null } },
  { query: { version: 1 } },
  { query: { user: { profilePictureId: null } } },
  { query: { "user.profilePictureId": null } },
  { sort: { version: 1 } },
  { sort: { deletedAt: "ASC" } },
  { select: { incident: { profilePictureId: true } } },
  { select: { version: 1 } },
])("%j is refused", async (body) => {
  expect((await api.ask("POST", LIST, { body })).status).toBe(400);
});

describe("a parameter of the address that is not known is refused", () => {
  test.each([
    [
      `${LIST}&offset=2`,
      'there is no parameter "offset" in this address: use skip; allowed: skip, limit',
    ],
    [`${LIST}&query=x`, 'there is no parameter "query" in this address; allowed: skip, limit'],
    [
      "/api/call-log/count?offset[$gt]=2",
      'there is no parameter "offset" in this address: use skip; allowed: skip, limit',
    ],
  ])("%s", async (url, text) => {
    const { status, body } = await api.ask("POST", url);
    expect([status, body["error"]]).toEqual([400, text]);
  });

  test("on every other route", async () => {
    for (const url of [`/api/call-log/${id}/get-item`, "/api/call-log", `/calls/${id}/retry`]) {
      const { status, body } = await api.ask("POST", `${url}?dryRun=1`, { body: {} });
      expect([status, body["error"]]).toEqual([
        400,
        'there is no parameter "dryRun" in this address; allowed: none',
      ]);
    }
  });
});
