import { once } from "node:events";
import { request, type IncomingMessage } from "node:http";

import { type Permission, PERMISSION_NAMES, permissionsFor } from "@call-log/model";
import { collectionsOf } from "@call-log/store/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { freshApi, type FreshApi } from "../testing/fresh-api.ts";

let api: FreshApi;
let address: string;
beforeAll(async () => {
  api = await freshApi();
  address = await api.listen();
});
afterAll(() => api[Symbol.asyncDispose]());

const LIST = "/api/call-log/get-list";
const COUNT = "/api/call-log/count";
const UNKNOWN_ID = "00000000-0000-4000-8000-000000000000";
const MISSING = "The ApiKey header is missing. Send your API key in it.";

/** Over a real connection, with headers exactly as given. */
async function askWith(headers: string[]): Promise<number | undefined> {
  const asked = request(address + COUNT, {
    method: "POST",
    headers: ["Host", "localhost", "Connection", "close", ...headers],
  });
  asked.end();
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  answer.resume();
  return answer.statusCode;
}

describe("the header", () => {
  test.each(["ApiKey", "apikey", "APIKEY", "aPiKeY"])("%s is heard", async (name) => {
    expect(await askWith([name, api.key])).toBe(200);
  });

  test("spaces around the key do not matter", async () => {
    expect(await askWith(["ApiKey", `  ${api.key}\t `])).toBe(200);
    expect((await api.ask("POST", COUNT, { key: `  ${api.key} ` })).status).toBe(200);
  });

  test("sent twice it is refused, even with the same key", async () => {
    expect(await askWith(["ApiKey", api.key, "ApiKey", api.key])).toBe(401);
    expect(await askWith(["ApiKey", api.key, "apikey", ""])).toBe(401);
    expect(await askWith(["ApiKey", `${api.key}, ${api.key}`])).toBe(401);
  });

  test.each([null, "", "   "])("%j is a missing key", async (key) => {
    const { status, body } = await api.ask("POST", COUNT, { key });
    expect([status, body["error"]]).toEqual([401, MISSING]);
  });

  test("nothing but the header counts", async () => {
    const places = [
      api.ask("POST", `${COUNT}?ApiKey=${api.key}&apikey=${api.key}`, { key: null }),
      api.ask("POST", COUNT, { key: null, headers: { authorization: `Bearer ${api.key}` } }),
      api.ask("POST", COUNT, { key: null, headers: { "x-api-key": api.key } }),
      api.ask("POST", COUNT, { key: null, headers: { cookie: `ApiKey=${api.key}` } }),
      api.ask("POST", COUNT, { key: null, body: { ApiKey: api.key } }),
    ];
    for (const { status, body } of await Promise.all(places))
      expect([status, body["error"]]).toEqual([401, MISSING]);
  });

  test("the key alone decides the project", async () => {
    await api.keep({}, {});
    const headers = { ProjectID: api.projectId, tenantid: api.projectId };
    const other = await api.ask("POST", COUNT, { key: api.otherKey, headers });
    expect(other.body).toEqual({ count: 0 });
    const foreign = { ProjectID: api.otherProjectId, tenantid: api.otherProjectId };
    expect((await api.ask("POST", COUNT, { headers: foreign })).body).toEqual({ count: 2 });
    await collectionsOf(api.store).callLogs.deleteMany({});
  });
});

describe("a key that is not valid", () => {
  test.each(["nonsense", "cl_", "__proto__", "%00", "x".repeat(5000)])("%s", async (key) => {
    const { status, body } = await api.ask("POST", COUNT, { key });
    expect([status, body["error"]]).toEqual([401, expect.stringMatching(/not valid/)]);
  });

  test("is one whose letters have another case", async () => {
    expect((await api.ask("POST", COUNT, { key: api.key.toUpperCase() })).status).toBe(401);
  });

  test("is one that has expired, at that moment", async () => {
    const expiresAt = new Date("2026-12-01T00:00:00.000Z");
    const { key } = await api.keyWith(["Viewer"], expiresAt);
    const at = async (time: number) => {
      const server = await api.serverWith({ now: () => new Date(time) });
      return (await api.ask("POST", COUNT, { key, server })).status;
    };
    expect(await at(expiresAt.getTime() - 1)).toBe(200);
    expect(await at(expiresAt.getTime())).toBe(401);
  });

  test("is one that was revoked, at once where it is revoked", async () => {
    const other = await api.serverWith({});
    const { id, key } = await api.keyWith(["Viewer"]);
    const statuses = () =>
      Promise.all(
        [api.server, other].map(
          async (server) => (await api.ask("POST", COUNT, { key, server })).status,
        ),
      );
    expect(await statuses()).toEqual([200, 200]);
    await api.store.keys.revoke(id);
    expect(await statuses()).toEqual([401, 401]);
  });

  test("is never repeated in the answer", async () => {
    const { text } = await api.ask("POST", COUNT, { key: "cl_something-secret" });
    expect(text).not.toContain("something-secret");
  });
});

describe("permissions", () => {
  const ROUTES = [
    { path: LIST, operation: "read", ok: 200 },
    { path: COUNT, operation: "read", ok: 200 },
    { path: `/api/call-log/${UNKNOWN_ID}/get-item`, operation: "read", ok: 404 },
    { path: "/api/call-log", operation: "dispatch", ok: 202 },
  ] as const;

  test.each(PERMISSION_NAMES)("%s", async (permission) => {
    const { key } = await api.keyWith([permission]);
    for (const { path, operation, ok } of ROUTES) {
      const body = operation === "dispatch" ? { toNumber: "+15550100000", say: "Hello" } : {};
      const answer = await api.ask("POST", path, { key, body });
      const needed = permissionsFor(operation);
      const refused = { status: 403, body: { error: expect.stringContaining(needed.join(", ")) } };
      expect(answer).toMatchObject(needed.includes(permission) ? { status: ok } : refused);
    }
  });

  test("a key with none of them may nothing", async () => {
    const { key } = await api.keyWith([]);
    for (const { path } of ROUTES) expect((await api.ask("POST", path, { key })).status).toBe(403);
  });

  test("the permissions are those of the reference page, Viewer, and one that sees numbers masked", () => {
    expect(permissionsFor("read")).toEqual([
      "Project Owner",
      "Project Admin",
      "Project Member",
      "Viewer",
      "Read Call Log",
      "Read All Project Resources",
      "Read Masked Call Log",
    ] satisfies Permission[]);
  });
});

describe("order of the checks", () => {
  const BAD_INPUTS = [
    { body: { query: { colour: 1 } } },
    { body: "{" },
    { body: "[]" },
    { body: "x", headers: { "content-type": "text/plain" } },
    { body: `{"query":{}${" ".repeat(1_100_000)}}` },
    { body: "x", headers: { "content-encoding": "gzip" } },
  ];

  test("key, then permission, then input, then data", async () => {
    const { key: reader } = await api.keyWith(["Dispatch Call"]);
    for (const options of BAD_INPUTS) {
      const statuses = [];
      for (const key of [null, "unknown", reader, api.key])
        statuses.push((await api.ask("POST", `${LIST}?limit=x`, { ...options, key })).status);
      expect(statuses).toEqual([
        401,
        401,
        403,
        expect.toSatisfy((status) => [400, 413, 415].includes(status)),
      ]);
    }
  });

  test("an id is checked before a selection is, and both before anything is looked up", async () => {
    const item = (id: string, select: object) =>
      api.ask("POST", `/api/call-log/${id}/get-item`, { body: { select } });
    expect((await item("x", {})).body).toMatchObject({
      code: "BAD_REQUEST",
      error: "id: must be a UUID or 24 hexadecimal digits",
    });
    expect((await item(UNKNOWN_ID, { colour: true })).status).toBe(400);
    expect((await item(UNKNOWN_ID, {})).status).toBe(404);
  });
});

describe("another project's call log", () => {
  test("is answered like one that there is not, byte for byte", async () => {
    const [record] = await api.keep({ _id: "5F8B9C0DE1A24B3C8D5E6F7A".toLowerCase() });
    const path = (id: string) => `/api/call-log/${id}/get-item`;
    expect((await api.ask("POST", path(record!._id))).status).toBe(200);
    const answers = await Promise.all([
      api.ask("POST", path(record!._id), { key: api.otherKey }),
      api.ask("POST", path(UNKNOWN_ID), { key: api.otherKey }),
    ]);
    const [foreign, unknown] = answers.map(({ status, headers, text, body }) => {
      const { date: _date, "x-request-id": _id, ...stable } = headers;
      return { status, stable, text: text.replace(String(body["requestId"]), "") };
    });
    expect(foreign).toEqual(unknown);
    expect(foreign?.status).toBe(404);
  });

  test.each([
    "x",
    "123",
    "5f8b9c0d-e1a2-4b3c-8d5e-6f7a8b9c0d1",
    "g".repeat(24),
    "%00",
    "$ne",
    "a.b",
  ])("%s is no id", async (id) => {
    expect((await api.ask("GET", `/api/call-log/${id}/get-item`)).status).toBe(400);
  });
});
