import { type Operation, type Permission, PERMISSION_NAMES, permissionsFor } from "@call-log/model";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { SCREENS } from "./dashboard/dashboard-routes.ts";
import { freshApi, type FreshApi } from "./testing/fresh-api.ts";

/** Who may ask a route: a key with the operation or one of them, any valid key, nobody with any key, or everybody, with a key or without. */
type Needs = Operation | readonly Operation[] | "any key" | "nobody" | "open";

/** Every route that answers with data or acts, but for HEAD. A new one fails the first test until it is here. */
const NEEDS: Readonly<Record<string, Needs>> = {
  "POST /api/call-log": "dispatch",
  "POST /api/call-log/get-list": "read",
  "GET /api/call-log/get-list": "read",
  "POST /api/call-log/count": "read",
  "POST /api/call-log/:id/get-item": "read",
  "GET /api/call-log/:id/get-item": "read",
  "GET /api/call-log/:id/wait": "read",
  "GET /api/call-log/:id/events": "read",
  "GET /api/call-log/events": "read",
  "PUT /api/call-log/:id": "nobody",
  "DELETE /api/call-log/:id": "nobody",
  ...allMethods("/api/call-log/:id/update-item"),
  ...allMethods("/api/call-log/:id/delete-item"),
  "GET /alert-sources": "administer",
  "POST /alert-sources": "administer",
  "POST /alert-sources/dry-run": "administer",
  "GET /alert-sources/:id": "administer",
  "PATCH /alert-sources/:id": "administer",
  "DELETE /alert-sources/:id": "administer",
  "POST /alert-sources/:id/rotate-token": "administer",
  "POST /alert-sources/:id/dry-run": "administer",
  "POST /alert-sources/:id/test-back": "administer",
  "GET /alert-sources/:id/deliveries": "administer",
  // By a token of the source, in alert-routes.test.ts.
  "POST /in/:source": "open",
  "POST /in/:source/:token": "open",
  "POST /v2/enqueue": "open",
  "POST /audit/get-list": "administer",
  "GET /audit/get-list": "administer",
  "POST /audit/count": "administer",
  // For browsers without a key it is the dashboard's page, in page-or-data.test.ts.
  "GET /calls/:id": "read",
  "POST /calls/:id/cancel": "dispatch",
  "POST /calls/:id/call-now": "dispatch",
  "POST /calls/:id/retry": "dispatch",
  "POST /calls/:id/resolve": "dispatch",
  "GET /export/calls.csv": "read",
  "GET /export/calls.jsonl": "read",
  "GET /export/figures.csv": "read",
  "POST /installation/audit/get-list": "operate",
  "GET /installation/audit/get-list": "operate",
  "POST /installation/audit/count": "operate",
  "GET /webhooks": ["read", "operate"],
  "POST /webhooks": ["administer", "operate"],
  "GET /webhooks/:id": ["read", "operate"],
  "PATCH /webhooks/:id": ["administer", "operate"],
  "DELETE /webhooks/:id": ["administer", "operate"],
  "POST /webhooks/:id/secret": ["administer", "operate"],
  "POST /webhooks/:id/rotate-secret": ["administer", "operate"],
  "POST /webhooks/:id/test": ["administer", "operate"],
  "POST /webhooks/:id/replay": ["dispatch", "operate"],
  "GET /webhook-deliveries": ["read", "operate"],
  "GET /webhook-deliveries/:id": ["read", "operate"],
  "POST /webhook-deliveries/:id/resend": ["dispatch", "operate"],
  "POST /webhook-deliveries/resend-failed": ["dispatch", "operate"],
  // By an own secret in the address or the provider's signature, in callbacks.test.ts.
  "POST /hooks/:provider/:attemptId/:secret/:kind": "open",
  "GET /health": "read",
  "GET /installation/health": "operate",
  "GET /health/live": "open",
  "GET /health/ready": "open",
  // What a key may do there is decided by the procedures behind each tool, in mcp.test.ts.
  "POST /mcp": "any key",
  "GET /mcp": "any key",
  "DELETE /mcp": "any key",
  "GET /queues": "operate",
  "GET /queues*": "operate",
  "GET /openapi.json": "open",
  "GET /version": "open",
  // Signing in, in session.test.ts.
  "POST /session": "open",
  "GET /session": "open",
  "DELETE /session": "open",
  "GET /session/methods": "open",
};

/** Files for the browser beside the dashboard's screens; like these, they hold nothing of anybody. */
const FILES =
  /^\/(\*|assets\/.*|docs.*|index\.html|icon\.svg|icon-[a-z0-9-]+\.png|manifest\.webmanifest|shell-worker\.js)$/;

/** Every procedure by itself, in procedure-permissions.test.ts of the router. */
const TRPC = "/trpc/:path";

function allMethods(path: string): Record<string, Needs> {
  const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];
  return Object.fromEntries(methods.map((method) => [`${method} ${path}`, "nobody"]));
}

let api: FreshApi;
beforeAll(async () => {
  api = await freshApi();
  await api.server.ready();
});
afterAll(() => api[Symbol.asyncDispose]());

test("every route is in the table", () => {
  const found = routesOf(api.server.printRoutes({ commonPrefix: false })).filter(
    ({ method, path }) => method !== "HEAD" && path !== TRPC && !isPage(method, path),
  );
  const names = found.map(({ method, path }) => `${method} ${path}`);
  expect(names.toSorted()).toEqual(Object.keys(NEEDS).toSorted());
  // In the printed tree the wildcard of the built dashboard's assets stands without `assets/`.
  expect(api.server.hasRoute({ method: "GET", url: "/*" })).toBe(false);
});

const GUARDED = Object.entries(NEEDS).filter(([, needs]) => needs !== "open");

describe.each<Permission>(PERMISSION_NAMES)("a key with %s", (permission) => {
  test("is let in where the table says, and refused everywhere else with 403", async () => {
    const { key } = await api.keyWith([permission]);
    const letIn = await Promise.all(
      GUARDED.map(async ([route]) => [route, (await statusOf(route, key)) !== 403] as const),
    );
    const allowed = GUARDED.map(([route, needs]) => [route, mayBe(permission, needs)] as const);
    expect(Object.fromEntries(letIn)).toEqual(Object.fromEntries(allowed));
  });
});

test("without a key, none of them is let in", async () => {
  const statuses = await Promise.all(GUARDED.map(([route]) => statusOf(route, null)));
  expect(new Set(statuses)).toEqual(new Set([401]));
});

describe("the switch of a provider account", () => {
  const post = (path: string, key: string, body: unknown) => api.ask("POST", path, { key, body });
  const pauses = async () =>
    (await api.store.providerStates.list()).flatMap(({ paused }) => paused?.reason ?? []);

  test("is for no project's owner, whose 403 leaves other projects' calls alone", async () => {
    const body = { name: "simulated", reason: "tenant B says no" };
    const refused = await post("/trpc/system.pauseProvider", api.otherKey, body);
    expect(refused.status).toBe(403);
    expect(refused.text).toContain("one of the permissions: Operator");
    expect(await pauses()).toEqual([]);
    const emergency = { toNumber: "+15550100100", say: "fire", priority: "emergency" };
    expect((await post("/api/call-log", api.key, emergency)).status).toBe(202);
  });

  test("is an operator's, and no project's owner undoes it or reads why", async () => {
    const { key } = await api.keyWith(["Operator"]);
    const body = { name: "simulated", reason: "the bill is wrong" };
    expect((await post("/trpc/system.pauseProvider", key, body)).status).toBe(200);
    const resume = { name: "simulated" };
    for (const owner of [api.key, api.otherKey]) {
      expect((await post("/trpc/system.resumeProvider", owner, resume)).status).toBe(403);
      const health = await api.ask("GET", "/trpc/system.health", { key: owner });
      expect(health.text).toContain('"isPaused":true');
      expect(health.text).not.toContain("the bill is wrong");
    }
    expect(await pauses()).toEqual(["the bill is wrong"]);
    expect((await post("/trpc/system.resumeProvider", key, resume)).status).toBe(200);
    expect(await pauses()).toEqual([]);
  });
});

function mayBe(permission: Permission, needs: Needs): boolean {
  if (needs === "any key") return true;
  if (needs === "nobody" || needs === "open") return false;
  return [needs].flat().some((operation) => permissionsFor(operation).includes(permission));
}

// What is wrong with it is looked at after the key, so that nothing happens where it is let in.
async function statusOf(route: string, key: string | null): Promise<number> {
  const [method, path] = route.split(" ") as [string, string];
  const url = path
    .replace(/^\/queues.*/, "/queues/api/queues")
    .replace(":id", "00000000-0000-4000-8000-000000000000");
  const bad = method === "GET" ? {} : { body: { noProcedureHasThis: true } };
  const { status } = await api.ask(method, `${url}?limit=none&query=none`, { key, ...bad });
  return status;
}

function isPage(method: string, path: string): boolean {
  return method === "GET" && (SCREENS.includes(path) || FILES.test(path));
}

/** The routes of Fastify's printed tree, four columns a level. */
function routesOf(tree: string): { method: string; path: string }[] {
  const parents: string[] = [];
  return tree.split("\n").flatMap((line) => {
    const [, indent, segment, methods] = line.match(/^([│ ]*[├└]── )(\S+) \((.*)\)$/) ?? [];
    if (indent === undefined || segment === undefined || methods === undefined) return [];
    const depth = indent.length / 4 - 1;
    const path = `${parents[depth - 1] ?? ""}${segment}`;
    parents[depth] = path;
    return methods.split(", ").map((method) => ({ method, path }));
  });
}
