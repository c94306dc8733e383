// The main job by a client that openapi-typescript makes of /openapi.json: place a call, follow it to its end, list, count, cancel.
// Usage: node openapi-fetch.js URL KEY
import process from "node:process";

import createClient from "openapi-fetch";

import type { components, paths } from "./schema.js";

const [baseUrl, key] = process.argv.slice(2) as [string, string];
const client = createClient<paths>({ baseUrl, headers: { ApiKey: key } });

function ok<T>({ data, error }: { data?: T; error?: unknown }, what: string): T {
  if (data === undefined) throw new Error(`${what}: ${JSON.stringify(error)}`);
  return data;
}

function same(given: unknown, wanted: unknown, what: string): void {
  if (given !== wanted) throw new Error(`${what}: ${String(given)} instead of ${String(wanted)}`);
}

const idempotencyKey = "by-openapi-fetch";
// Fields with a default, such as `retry`, `onUnknown` and `sensitive`, may be left out.
const body: components["schemas"]["CallRequest"] = {
  toNumber: "+15550100100",
  say: [
    { say: "The database of shop.example is down." },
    { gather: { say: "Press 4.", on: { "4": { acknowledge: true } } } },
  ],
  tags: ["openapi-fetch"],
};
const simple: components["schemas"]["CallRequest"] = { toNumber: "+15550100100", say: "Hello" };

const place = () =>
  client.POST("/api/call-log", { params: { header: { "Idempotency-Key": idempotencyKey } }, body });
const first = await place();
const again = await place();
const { _id: id } = ok(first, "dispatch");
same(first.response.status, 202, "dispatch");
same(again.response.status, 200, "the same again");
same(again.response.headers.get("Idempotent-Replayed"), "true", "Idempotent-Replayed");
same(ok(again, "the same again")._id, id, "the same again");

let status: string | null | undefined;
const until = Date.now() + 240_000;
do {
  if (Date.now() > until) throw new Error(`the call is ${String(status)} after four minutes`);
  await new Promise((resolve) => setTimeout(resolve, 200));
  const item = await client.POST("/api/call-log/{id}/get-item", {
    params: { path: { id } },
    body: { select: { status: true, attempts: true, incident: { title: true } } },
  });
  ({ status } = ok(item, "get-item"));
} while (status !== "Completed");

const queries: components["schemas"]["CallLogQuery"][] = [
  { status: "Completed", tags: ["openapi-fetch", null] },
  { toNumber: { _type: "StartsWith", value: "+1555" }, tags: { $in: ["openapi-fetch"] } },
  { createdAt: { _type: "InBetween", startValue: "2020-01-01", endValue: "2999-01-01" } },
  { $or: [{ status: "Busy" }, { status: { $ne: "Busy" }, attemptCount: { $gt: 0 } }] },
  { $and: [{ $or: [{ status: "Completed" }] }, { $nor: [{ callCostInUSDCents: { $lt: 0 } }] }] },
  { "attempts.outcome": "reached" },
  { "attempts.0.provider": "simulated" },
  { attempts: { $elemMatch: { state: "ended", provider: { $exists: true } } } },
  { "callData.message": { _type: "Search", value: "DATABASE" } },
  { callData: { message: { $exists: true } } },
  { incident: { title: null }, incidentId: { _type: "IsNull" } },
  { words: { _type: "MultiSearch", value: "database", fields: ["callData.message"] } },
];
for (const question of queries) {
  const query = { tags: "openapi-fetch", ...question };
  const list = await client.POST("/api/call-log/get-list", {
    params: { query: { limit: 5 } },
    body: { query, select: { status: true }, sort: { createdAt: "DESC" } },
  });
  const count = await client.POST("/api/call-log/count", { body: { query } });
  same(ok(list, JSON.stringify(query)).data[0]?._id, id, JSON.stringify(query));
  same(ok(count, JSON.stringify(query)).count, 1, JSON.stringify(query));
}

const later = await client.POST("/api/call-log", {
  body: { ...simple, scheduledAt: "2999-01-01T00:00:00Z" },
});
const canceled = await client.POST("/calls/{id}/cancel", {
  params: { path: { id: ok(later, "schedule")._id } },
});
same(ok(canceled, "cancel").status, "Canceled", "cancel");
const refused = await client.POST("/calls/{id}/cancel", { params: { path: { id } } });
same(refused.error?.code, "CONFLICT", "cancel of a call that is over");
console.log(`openapi-fetch: placed, followed, listed by ${queries.length} queries, canceled`);
