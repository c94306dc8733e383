import { gzipSync } from "node:zlib";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { freshApi, type FreshApi } from "../testing/fresh-api.ts";

let api: FreshApi;
beforeAll(async () => {
  api = await freshApi();
  const statuses = [...Array.from({ length: 11 }, () => "Completed"), "Busy"];
  await api.keep(
    ...statuses.map((status, index) => ({
      status,
      createdAt: new Date(Date.UTC(2026, 10, 23, 3, index)),
    })),
  );
});
afterAll(() => api[Symbol.asyncDispose]());

const LIST = "/api/call-log/get-list";
const COUNT = "/api/call-log/count";

describe("skip and limit", () => {
  test.each([
    ["", undefined, 0, 10, 10],
    ["?skip=0&limit=10", undefined, 0, 10, 10],
    ["?limit=1", undefined, 0, 1, 1],
    ["?limit=100", undefined, 0, 100, 12],
    ["?skip=10", undefined, 10, 10, 2],
    ["?skip=1000000", undefined, 1_000_000, 10, 0],
    ["", { skip: 11, limit: 5 }, 11, 5, 1],
    ["?skip=2", { skip: 11, limit: 5 }, 2, 5, 5],
    ["?skip=2&limit=3", { skip: 11, limit: 5 }, 2, 3, 3],
  ])("%s and body %j", async (...row) => {
    const [address, body, skip, limit, rows] = row;
    const answer = await api.ask("POST", LIST + address, { body });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ skip, limit, count: 12 });
    expect(answer.body["data"]).toHaveLength(rows);
  });

  const LIMIT = "limit: must be a whole number from 1 to 100";
  const SKIP = "skip: must be a whole number from 0 to 1000000";
  test.each([
    ...["0", "-1", "101", "2.7", "1e2", "ten", "", "+5", "%205", "0x10", "٣", "NaN"].map(
      (value) => [`?limit=${value}`, LIMIT],
    ),
    ...["-1", "1000001", "2.7", "1e2", "ten", "", "null"].map((value) => [`?skip=${value}`, SKIP]),
    ["?limit=5&limit=5", LIMIT],
    ["?skip=5&skip=6", SKIP],
    ["?limit[$gt]=1", LIMIT],
    ["?limit%5B$gt%5D=1", LIMIT],
    ["?limit[]=1", LIMIT],
    ["?skip[0]=1", SKIP],
    ["?limit=5&limit[$gt]=1", LIMIT],
    ["?skip=3&limit=ten", LIMIT],
    ["?skip=ten&limit=3", SKIP],
  ])("%s is refused", async (address, text) => {
    const { status, body } = await api.ask("POST", LIST + address);
    expect([status, body["error"]]).toEqual([400, text]);
  });

  test.each([
    [{ limit: 0 }, LIMIT],
    [{ limit: "10" }, LIMIT],
    [{ limit: 2.7 }, LIMIT],
    [{ limit: null }, LIMIT],
    [{ limit: [10] }, LIMIT],
    [{ limit: { $gt: 1 } }, LIMIT],
    [{ skip: -1 }, SKIP],
  ])("%j in the body is refused, also where the address has the say", async (body, text) => {
    for (const url of [LIST, `${LIST}?limit=5&skip=0`]) {
      const answer = await api.ask("POST", url, { body });
      expect([answer.status, answer.body["error"]]).toEqual([400, text]);
    }
  });

  test("a count ignores what only a list needs", async () => {
    const body = { query: { status: "Busy" }, select: 1, sort: "x", skip: -1, limit: "many" };
    const answer = await api.ask("POST", `${COUNT}?skip=-1&limit=x`, { body });
    expect(answer.body).toEqual({ count: 1 });
  });
});

describe("cursor", () => {
  test("goes through the whole list, each row once", async () => {
    const seen: unknown[] = [];
    let cursor: unknown;
    do {
      const body = { limit: 5, ...(cursor !== undefined && { cursor }) };
      const answer = await api.ask("POST", LIST, { body });
      expect(answer.body["count"]).toBe(12);
      seen.push(...(answer.body["data"] as { _id: string }[]).map(({ _id }) => _id));
      cursor = answer.body["nextCursor"];
    } while (cursor !== undefined);
    const all = await api.ask("POST", `${LIST}?limit=100`);
    expect(seen).toEqual((all.body["data"] as { _id: string }[]).map(({ _id }) => _id));
  });

  test.each([["nonsense"], [""], [7], ["e30"]])("%j is refused", async (cursor) => {
    const { status, body } = await api.ask("POST", LIST, { body: { cursor } });
    expect([status, body["error"]]).toEqual([400, expect.stringMatching(/^cursor: /)]);
  });

  test("of another query, of another project, or beside skip, it is refused", async () => {
    const { body } = await api.ask("POST", LIST, { body: { limit: 1 } });
    const cursor = body["nextCursor"];
    for (const options of [
      { body: { cursor, query: { status: "Busy" } } },
      { body: { cursor, skip: 1 } },
      { body: { cursor }, key: api.otherKey },
    ])
      expect((await api.ask("POST", LIST, options)).status).toBe(400);
  });
});

describe("body", () => {
  const JSON_TYPE = { "content-type": "application/json" };

  test.each([
    ["POST", undefined, {}],
    ["GET", undefined, {}],
    ["POST", "", {}],
    ["POST", "", JSON_TYPE],
    ["POST", "  \n", JSON_TYPE],
    ["POST", "", { "content-type": "text/plain" }],
    ["GET", "", JSON_TYPE],
    ["POST", {}, {}],
    ["POST", "{}", { "content-type": "application/json; charset=utf-8" }],
    ["POST", "{}", { "content-type": "APPLICATION/JSON" }],
    ["POST", "\uFEFF{}", JSON_TYPE],
    ["POST", { query: null, select: null, sort: null }, {}],
    ["POST", { query: {}, select: {}, sort: {} }, {}],
  ])("%s %j with %j lists everything", async (method, body, headers) => {
    const answer = await api.ask(method, LIST, { body, headers });
    expect(answer.body).toMatchObject({ count: 12 });
  });

  test("that comes with a GET is heard", async () => {
    const body = { query: { status: "Busy" }, select: { status: true } };
    const answer = await api.ask("GET", LIST, { body });
    expect(answer.body).toMatchObject({ count: 1, data: [{ status: "Busy" }] });
  });

  test.each(["{", "{]", "undefined", "{'a':1}", '{"a":1} x', "NaN", "\0"])(
    "%j is malformed",
    async (body) => {
      const answer = await api.ask("POST", LIST, { body });
      expect([answer.status, answer.body["error"]]).toEqual([400, "The body is not valid JSON."]);
    },
  );

  test("that is not UTF-8 is malformed", async () => {
    const payload = Buffer.from('{"query":{"status":"\xE9"}}', "latin1");
    const headers = { ...JSON_TYPE, apikey: api.key };
    const answer = await api.server.inject({ method: "POST", url: LIST, headers, payload });
    expect(answer.statusCode).toBe(400);
  });

  test.each(["[]", "null", '"text"', "1", "true", "[{}]"])("%s is not an object", async (body) => {
    for (const url of [LIST, COUNT, "/api/call-log"]) {
      const answer = await api.ask("POST", url, { body });
      expect([answer.status, answer.body["error"]]).toEqual([
        400,
        "The body must be a JSON object.",
      ]);
    }
  });

  test.each([
    ['{"__proto__":{"query":{"status":"Busy"}}}', /__proto__/],
    ['{"querry":{"status":"Busy"}}', /querry/],
    ['{"query":{"__proto__":{}}}', /__proto__/],
    ['{"constructor":1}', /constructor/],
  ])("%s has a key that is not known", async (body, text) => {
    const answer = await api.ask("POST", LIST, { body });
    expect([answer.status, answer.body["error"]]).toEqual([400, expect.stringMatching(text)]);
  });

  test.each(["[", '{"a":'])("nested by %s too deep is refused", async (open) => {
    const close = open === "[" ? "]" : "}";
    for (const depth of [41, 5000, 100_000]) {
      const body = `{"select":${open.repeat(depth)}1${close.repeat(depth)}}`;
      expect((await api.ask("POST", COUNT, { body })).status).toBe(400);
    }
  });

  test.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/json-patch+json",
    "application/xml",
    "nonsense",
  ])("of type %s is refused, so that it does not list everything", async (contentType) => {
    const headers = { "content-type": contentType };
    const body = '{"query":{"status":"Busy"}}';
    const answer = await api.ask("POST", LIST, { headers, body });
    expect([answer.status, answer.body["code"]]).toEqual([415, "UNSUPPORTED_MEDIA_TYPE"]);
  });

  test("without a type is refused", async () => {
    const answer = await api.server.inject({
      method: "POST",
      url: LIST,
      headers: { apikey: api.key },
      payload: Buffer.from('{"query":{"status":"Busy"}}'),
    });
    expect(answer.statusCode).toBe(415);
  });

  test("over 1 MB is too large", async () => {
    const exactly = `{"query":{}${" ".repeat(1_048_576 - 12)}}`;
    expect((await api.ask("POST", LIST, { body: exactly })).status).toBe(200);
    const answer = await api.ask("POST", LIST, { body: `${exactly} ` });
    expect([answer.status, answer.body["code"]]).toEqual([413, "PAYLOAD_TOO_LARGE"]);
  });
});

describe("compressed body", () => {
  function askCompressed(payload: Buffer, encoding = "gzip") {
    const headers = {
      "content-type": "application/json",
      "content-encoding": encoding,
      apikey: api.key,
    };
    return api.server.inject({ method: "POST", url: LIST, headers, payload });
  }

  test("gzip is read", async () => {
    const answer = await askCompressed(gzipSync('{"query":{"status":"Busy"}}'));
    expect(answer.json()).toMatchObject({ count: 1 });
  });

  test.each([1_100_000, 100_000_000])("a bomb of %i bytes is too large", async (size) => {
    const answer = await askCompressed(gzipSync(Buffer.alloc(size, " ")));
    expect([answer.statusCode, answer.json().code]).toEqual([413, "PAYLOAD_TOO_LARGE"]);
  });

  test.each([
    ["broken", Buffer.from("not gzip at all"), "gzip", 400],
    ["cut off", gzipSync('{"query":{"status":"Busy"}}').subarray(0, 20), "gzip", 400],
    ["compressed otherwise", Buffer.from("x"), "br", 415],
    ["of an unknown encoding", Buffer.from("x"), "nonsense", 415],
  ])("%s is refused", async (...[, payload, encoding, status]) => {
    const answer = await askCompressed(payload, encoding);
    expect(answer.statusCode).toBe(status);
    expect(Object.keys(answer.json())).toEqual(["error", "message", "code", "requestId"]);
  });
});
