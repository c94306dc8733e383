import { OPERATORS, PROPERTIES } from "@call-log/model";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";

import { freshApi, type Answer, type FreshApi } from "../testing/fresh-api.ts";

let api: FreshApi;
let mine: Set<string>;
beforeAll(async () => {
  api = await freshApi();
  const records = await api.keep(
    { status: "Completed", callData: { message: "a", nested: { list: [1, "x", null] } } },
    { status: "Busy", incidentId: ID, incident: { _id: ID, title: "Database down" } },
    { status: "", tags: ["night", "urgent"], statusMessage: "busy" },
  );
  mine = new Set(records.map(({ _id }) => _id));
  await api.keep(
    ...records.map(({ _id, ...rest }) => ({ ...rest, projectId: api.otherProjectId })),
  );
});
afterAll(() => api[Symbol.asyncDispose]());

const ID = "376d7300-28fe-11f1-b591-3fdcef396aba";
const NUM_RUNS = 300;

const ALLOWED = [
  "$and",
  "$or",
  "$nor",
  "$not",
  "$in",
  "$ne",
  "$gt",
  "$all",
  "$size",
  "$elemMatch",
  "$exists",
];
const HOSTILE = ["$where", "$expr", "__proto__", "constructor", "a\0b", "", ".", "a.", "callData."];

/** JSON that knows the words of the API, so that it gets past the first check. */
const word = fc.constantFrom(
  ...Object.keys(PROPERTIES),
  "callData.message",
  "callData.nested.list",
  "attempts.state",
  "attempts.0.events.at",
  "incident.title",
  "_type",
  "value",
  "fields",
  ...ALLOWED,
  ...HOSTILE,
);
const scalar = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, "", ID, "Busy", "+1-555-999-8888", "\ud800"),
  fc.constantFrom("2026-11-23T03:12:00.000Z", "9999-12-31", "1.3", "a", "%", "\\", ".*", "ß"),
  fc.constantFrom(...Object.keys(OPERATORS), "ObjectID", "DateTime", "Phone"),
  fc.jsonValue({ maxDepth: 1 }),
);
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 5, depthSize: "small" },
    scalar,
    fc.array(tie("json"), { maxLength: 3 }),
    fc.dictionary(fc.oneof(word, fc.string()), tie("json"), { maxKeys: 3 }),
  ),
}));
const operator = fc.record({
  _type: fc.constantFrom(...Object.keys(OPERATORS)),
  value: json,
});
const query = fc.dictionary(word, fc.oneof(json, scalar, operator), { maxKeys: 3 });
const body = fc.record(
  { query: fc.oneof(json, query), select: json, sort: json, skip: json, limit: json, cursor: json },
  { requiredKeys: [] },
);

/** What an answer should not have been: another status, or rows of others. That it is as documented, `ask` checks itself. */
function wrongs({ status, body: answer }: Answer): unknown[] {
  const ids = ((answer["data"] ?? []) as { _id: string }[]).map(({ _id }) => _id);
  return [
    ...[status].filter((one) => ![200, 400].includes(one)),
    ...ids.filter((id) => !mine.has(id)),
  ];
}

test("any JSON as the body of a list is answered or refused, and shows nobody else's calls", async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(body, json), async (given) => {
      expect(
        wrongs(await api.ask("POST", "/api/call-log/get-list", { body: JSON.stringify(given) })),
      ).toEqual([]);
    }),
    { numRuns: NUM_RUNS },
  );
});

test("any query is answered or refused, and its count is that of its list", async () => {
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(query, async (given) => {
      const options = { body: JSON.stringify({ query: given }) };
      const list = await api.ask("POST", "/api/call-log/get-list", options);
      const count = await api.ask("POST", "/api/call-log/count", options);
      expect(wrongs(list)).toEqual([]);
      expect([count.status, count.body["count"]]).toEqual([list.status, list.body["count"]]);
      answered += Number(list.status === 200);
    }),
    { numRuns: NUM_RUNS },
  );
  expect(answered).toBeGreaterThan(0);
});

test("a query that names the other project finds nothing of it", async () => {
  const foreign = fc.constantFrom<object>(
    { projectId: api.otherProjectId },
    { project: api.otherProjectId },
    { project: { _id: api.otherProjectId } },
    { projectId: { $ne: api.projectId } },
    { $or: [{ projectId: api.otherProjectId }, { status: "Busy" }] },
    { $nor: [{ projectId: api.projectId }] },
    { $nor: [{ status: "nothing" }] },
    { projectId: [api.projectId, api.otherProjectId, null] },
    { projectId: { _type: "NotNull" } },
  );
  await fc.assert(
    fc.asyncProperty(foreign, fc.constantFrom("$and", "$or", "$nor"), query, async (...given) => {
      const [condition, join, other] = given;
      for (const asked of [condition, { [join]: [condition, other] }, { [join]: [condition] }])
        expect(
          wrongs(await api.ask("POST", "/api/call-log/get-list", { body: { query: asked } })),
        ).toEqual([]);
    }),
    { numRuns: NUM_RUNS / 3 },
  );
});

test("any id, and any body with it", async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.webPath(), fc.string(), word), json, async (id, given) => {
      const url = `/api/call-log/${encodeURIComponent(id)}/get-item`;
      const { status } = await api.ask("POST", url, { body: JSON.stringify(given) });
      expect([400, 404]).toContain(status);
    }),
    { numRuns: NUM_RUNS },
  );
});

test("any address", async () => {
  const parameters = fc.dictionary(fc.constantFrom("skip", "limit", "limit[]", "a"), fc.string());
  await fc.assert(
    fc.asyncProperty(parameters, async (given) => {
      const url = `/api/call-log/get-list?${new URLSearchParams(given).toString()}`;
      expect(wrongs(await api.ask("GET", url))).toEqual([]);
    }),
    { numRuns: NUM_RUNS },
  );
});

test("any bytes as a body, of any type", async () => {
  const type = fc.constantFrom("application/json", "text/plain", "application/json;", "a/b", "");
  const encoding = fc.constantFrom("gzip", "identity", "br", "");
  await fc.assert(
    fc.asyncProperty(fc.uint8Array(), type, encoding, async (bytes, contentType, coding) => {
      const answer = await api.server.inject({
        method: "POST",
        url: "/api/call-log/count",
        headers: {
          apikey: api.key,
          ...(contentType !== "" && { "content-type": contentType }),
          ...(coding !== "" && { "content-encoding": coding }),
        },
        payload: Buffer.from(bytes),
      });
      expect([200, 400, 415]).toContain(answer.statusCode);
    }),
    { numRuns: NUM_RUNS },
  );
});

test("any JSON as a call request is accepted or refused", async () => {
  const request = fc.record(
    {
      toNumber: fc.oneof(fc.constant("+15559998888"), json),
      say: fc.oneof(fc.string(), json),
      idempotencyKey: fc.oneof(fc.string(), json),
      retry: json,
      tags: fc.oneof(fc.array(fc.string()), json),
      incident: fc.oneof(fc.record({ _id: fc.constant(ID), title: fc.string() }), json),
      scheduledAt: fc.oneof(fc.constant("2999-01-01T00:00:00Z"), json),
    },
    { requiredKeys: ["toNumber", "say"] },
  );
  await fc.assert(
    fc.asyncProperty(fc.oneof(request, json), async (given) => {
      const { status } = await api.ask("POST", "/api/call-log", { body: JSON.stringify(given) });
      expect([200, 202, 400, 422]).toContain(status);
    }),
    { numRuns: NUM_RUNS },
  );
});
