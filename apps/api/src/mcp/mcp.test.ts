import { TOOLS } from "@call-log/mcp";
import {
  isOfInstallation,
  type Permission,
  PERMISSION_NAMES,
  permissionsFor,
} from "@call-log/model";
import { createLogger } from "@call-log/runtime";
import { waitFor } from "@call-log/testing";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { freshApi, type FreshApi } from "../testing/fresh-api.ts";
import { documentsOf, freshTenant, type Tenant, TENANT_MARKS } from "../testing/two-tenants.ts";

const ACCEPT = { accept: "application/json, text/event-stream" };
const NEW_CALL = { toNumber: "+15550100100", say: "Hello" };

let api: FreshApi;
let a: Tenant;
beforeAll(async () => {
  api = await freshApi();
  a = await freshTenant(api);
});
afterAll(() => api[Symbol.asyncDispose]());

type Asking = {
  key?: string | null;
  headers?: Record<string, string>;
  server?: FreshApi["server"];
};

function message(method: string, params: unknown = {}) {
  return { jsonrpc: "2.0", id: 1, method, params };
}

async function send(
  body: unknown,
  { key = api.key, headers = {}, server = api.server }: Asking = {},
) {
  const answer = await server.inject({
    method: "POST",
    url: "/mcp",
    headers: {
      ...ACCEPT,
      "content-type": "application/json",
      ...(key !== null && { authorization: `Bearer ${key}` }),
      ...headers,
    },
    payload: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: answer.statusCode, headers: answer.headers, text: answer.payload };
}

async function call(name: string, given: unknown, asking: Asking = {}) {
  const { status, text } = await send(message("tools/call", { name, arguments: given }), asking);
  expect({ name, status }).toEqual({ name, status: 200 });
  const { result } = JSON.parse(text) as {
    result: { content: { text: string }[]; isError?: boolean; structuredContent?: object };
  };
  return { text: result.content[0]!.text, isError: result.isError === true, all: text };
}

describe("a request", () => {
  test("is taken with the key as Bearer, or in the header that REST uses; not with two", async () => {
    const list = message("tools/list");
    expect((await send(list)).status).toBe(200);
    expect((await send(list, { key: null, headers: { ApiKey: api.key } })).status).toBe(200);
    expect((await send(list, { headers: { ApiKey: api.key } })).status).toBe(401);
  });

  test.each([null, "wrong"])("with the key %j gets 401 with advice", async (key) => {
    const { status, headers, text } = await send(message("tools/list"), { key });
    expect(status).toBe(401);
    expect(headers["www-authenticate"]).toMatch(/^Bearer realm="call-log"/);
    expect(text).toMatch(key === null ? /Authorization: Bearer <API key>/ : /is not valid/);
  });

  test("is not let in by a browser's session", async () => {
    const signedIn = await api.ask("POST", "/session", { key: null, body: { apiKey: api.key } });
    const cookie = String(signedIn.headers["set-cookie"]).split(";")[0]!;
    expect((await send(message("tools/list"), { key: null, headers: { cookie } })).status).toBe(
      401,
    );
  });

  test.each([
    ["https://calls.example.com", 200],
    ["http://localhost:6274", 200],
    ["http://127.0.0.1", 200],
    ["https://evil.example", 403],
    ["http://evil.example:80", 403],
    ["null", 403],
  ])("from a page of %s gets %d, also where the Host agrees", async (origin, status) => {
    const server = await api.serverWith({ ownUrls: ["https://calls.example.com"] });
    const host = URL.canParse(origin) ? new URL(origin).host : "evil.example";
    const answer = await send(message("tools/list"), { server, headers: { origin, host } });
    expect(answer.status).toBe(status);
  });

  test.each(["GET", "DELETE"] as const)("by %s gets 405: there is no stream", async (method) => {
    const answer = await api.server.inject({ method, url: "/mcp", headers: { ApiKey: api.key } });
    expect(answer.statusCode).toBe(405);
    expect(answer.headers["allow"]).toBe("POST");
  });

  test.each([
    [[message("ping"), message("ping")], 400, /batches are not taken/],
    ["{", 400, /not valid JSON/],
    ["", 400, /JSON/],
    [{ hello: 1 }, 400, /JSON-RPC/],
    ["x".repeat(1_100_000), 413, /too large/],
  ])("with the body %#", async (body, status, text) => {
    const answer = await send(body);
    expect(answer.status).toBe(status);
    expect(answer.text).toMatch(text);
  });

  test("needs no session: any process answers the next one", async () => {
    const other = await api.serverWith({});
    const hello = {
      protocolVersion: "2025-06-18",
      capabilities: {},
      clientInfo: { name: "x", version: "1" },
    };
    const { text, headers } = await send(message("initialize", hello));
    expect(JSON.parse(text)).toMatchObject({ result: { serverInfo: { name: "call-log" } } });
    expect(headers).not.toHaveProperty("mcp-session-id");
    const { text: listed } = await send(message("tools/list"), { server: other });
    const { result } = JSON.parse(listed) as { result: { tools: { name: string }[] } };
    expect(result.tools.map(({ name }) => name)).toEqual(TOOLS.map(({ name }) => name));
  });

  test("counts like one by REST", async () => {
    // Both requests are of one minute.
    const at = new Date("2126-11-23T03:12:00Z");
    const server = await api.serverWith({ limits: { REQUESTS_PER_MINUTE: 1 }, now: () => at });
    const { key } = await api.keyWith(["Viewer"]);
    expect((await send(message("ping"), { server, key })).status).toBe(200);
    const refused = await send(message("ping"), { server, key });
    expect(refused.status).toBe(429);
    expect(refused.headers["retry-after"]).toBeDefined();
  });

  test("is a line of the access log: which tool, by whom, about which call; no number, no text", async () => {
    const lines: Record<string, unknown>[] = [];
    const to = { write: (line: string) => void lines.push(JSON.parse(line) as never) };
    const log = createLogger({ role: "api", level: "info", to });
    const server = await api.serverWith({ log });
    const { id: keyId, key } = await api.keyWith(["Project Member"]);
    await call("place_call", { ...NEW_CALL, confirm: "no" }, { server, key });
    await call("constructor", {}, { server, key });
    expect(lines).toEqual([
      expect.objectContaining({ route: "/mcp", status: 200, tool: "place_call", keyId }),
      expect.not.objectContaining({ tool: expect.anything() }),
    ]);
    expect(JSON.stringify(lines)).not.toContain(NEW_CALL.toNumber);
  });
});

describe("a tool that waits", () => {
  const RINGING = { status: "Ringing" } as const;

  /** A server on which each key has one place to wait: `begun` resolves when changes are listened for, `isTaken` says whether the place is in use. */
  async function withOnePlace() {
    const [ringing, over] = await api.keep(RINGING, { status: "Busy" });
    const feed = api.store.createFeed({ now: () => new Date(), everyMs: 20 });
    let listeners = 0;
    const server = await api.serverWith({
      limits: { LIVE_STREAMS_PER_KEY: 1 },
      feed: {
        ...feed,
        listen(asked) {
          listeners += 1;
          return feed.listen(asked);
        },
      },
    });
    const begun = () => waitFor(() => listeners > 0, { describe: "the wait" });
    const isTaken = async () => {
      const { text } = await call("wait_for_call", { id: over!._id }, { server });
      return text.includes("Close one first");
    };
    return { server, id: ringing!._id, begun, isTaken };
  }

  test("takes a place of its key's live streams until the call is over", async () => {
    const { server, id, begun, isTaken } = await withOnePlace();
    const first = call("wait_for_call", { id, timeoutSeconds: 50 }, { server });
    await begun();
    expect(await isTaken()).toBe(true);
    await api.store.calls.replace({ ...(await api.store.calls.find(id))!, status: "Busy" });
    expect((await first).all).toContain('"isOver":true');
    expect(await isTaken()).toBe(false);
  });

  test("gives its place back when the assistant goes away", async () => {
    const { server, id, begun, isTaken } = await withOnePlace();
    const address = await server.listen({ host: "127.0.0.1", port: 0 });
    const gone = new AbortController();
    const given = { name: "wait_for_call", arguments: { id, timeoutSeconds: 50 } };
    const lost = fetch(`${address}/mcp`, {
      method: "POST",
      signal: gone.signal,
      headers: { ...ACCEPT, "content-type": "application/json", ApiKey: api.key },
      body: JSON.stringify(message("tools/call", given)),
    });
    await begun();
    expect(await isTaken()).toBe(true);
    gone.abort();
    await expect(lost).rejects.toThrow("aborted");
    await waitFor(async () => !(await isTaken()), { describe: "the end of the first wait" });
  });

  test("answers how the call stands when the server is closed", async () => {
    const { server, id, begun } = await withOnePlace();
    const first = call("wait_for_call", { id, timeoutSeconds: 50 }, { server });
    await begun();
    const startedAt = performance.now();
    await server.close();
    expect((await first).all).toContain('"isOver":false');
    expect(performance.now() - startedAt).toBeLessThan(30_000);
  });
});

describe.each<Permission>(PERMISSION_NAMES)("a key with %s", (permission) => {
  test("may use the tools of its permissions, and is told which one is missing", async () => {
    const { key } = await api.keyWith([permission]);
    const [waiting] = await api.keep({ status: "Scheduled" });
    const given = {
      find_calls: {},
      explain_call: { id: waiting!._id },
      wait_for_call: { id: waiting!._id, timeoutSeconds: 1 },
      place_call: NEW_CALL,
      cancel_call: { id: waiting!._id },
      costs: {},
      health: {},
    };
    for (const { name, needs } of TOOLS) {
      const { isError, text } = await call(name, given[name as keyof typeof given], { key });
      const allowed = permissionsFor(needs);
      const why = isOfInstallation(permission) ? "belongs to no project" : allowed.join(", ");
      const isAllowed = allowed.includes(permission);
      expect({ name, text, isError, isTold: text.includes(why) }).toMatchObject({
        isError: !isAllowed,
        isTold: !isAllowed,
      });
    }
  });
});

test("a masked key sees no number, and what it can't search by is said", async () => {
  const { key } = await api.keyWith(["Read Masked Call Log"]);
  const [kept] = await api.keep({ toNumber: "+15559994711", statusMessage: "to +15559994711" });
  const { all } = await call("explain_call", { id: kept!._id }, { key });
  expect(all).toContain("+1555•••••11");
  expect(all).not.toContain("9994711");
  const { isError, text } = await call("find_calls", { number: "4711" }, { key });
  expect({ isError, text }).toMatchObject({
    isError: true,
    text: expect.stringMatching(/toNumber/),
  });
});

test("another project's calls are found, explained, stopped and paid by nobody else", async () => {
  const before = await documentsOf(api, a);
  const attempts: [string, object][] = [
    ...Object.values(a.calls).flatMap((id): [string, object][] => [
      ["explain_call", { id }],
      ["wait_for_call", { id, timeoutSeconds: 1 }],
      ["cancel_call", { id }],
    ]),
    ["find_calls", { number: "+15557770001" }],
    ["find_calls", { label: "tenant-a" }],
    ["explain_call", { number: "7770001" }],
    ["place_call", { ...NEW_CALL, fromNumber: a.fromNumber }],
    ["costs", { when: "2026", by: "tag" }],
    ["health", {}],
  ];
  for (const [name, given] of attempts) {
    const { all, text } = await call(name, given);
    const own = JSON.stringify(given);
    const leaks = TENANT_MARKS.filter((mark) => all.includes(mark) && !own.includes(mark));
    expect({ name, given, text, leaks }).toMatchObject({ leaks: [] });
  }
  expect(await documentsOf(api, a)).toEqual(before);
});

test("what is placed is the key's in the audit trail, as by REST", async () => {
  const { id: keyId, key } = await api.keyWith(["Project Member"]);
  const { all } = await call("place_call", NEW_CALL, { key });
  const { result } = JSON.parse(all) as { result: { structuredContent: { confirm: string } } };
  const confirmed = { ...NEW_CALL, confirm: result.structuredContent.confirm };
  const placed = JSON.parse((await call("place_call", confirmed, { key })).all) as {
    result: { structuredContent: { id: string } };
  };
  await call("cancel_call", { id: placed.result.structuredContent.id }, { key });
  const lines = await waitFor(async () => {
    const { body } = await api.ask("POST", "/audit/get-list", {
      body: { query: { "actor.id": keyId }, limit: 10 },
    });
    const found = body["data"] as { act: string }[];
    return found.length > 0 && found;
  });
  expect(lines.map(({ act }) => act)).toContain("calls.cancel");
});

test("any arguments are answered in words, and never by a stack or a 5xx", async () => {
  const names = fc.constantFrom(...TOOLS.map(({ name }) => name), "constructor");
  const odd = fc.oneof(
    fc.jsonValue(),
    fc.record(
      {
        id: fc.oneof(fc.uuid(), fc.string()),
        number: fc.string(),
        label: fc.string({ unit: "binary" }),
        when: fc.string(),
        since: fc.constantFrom("now", "9999-12-31", "0001-01-01", "24:00"),
        timeZone: fc.constantFrom("UTC", "Europe/Berlin", "nowhere"),
        limit: fc.integer(),
        cursor: fc.string(),
        by: fc.constantFrom("day", "tag", "x"),
      },
      { requiredKeys: [] },
    ),
  );
  await fc.assert(
    fc.asyncProperty(names, odd, async (name, given) => {
      const { status, text } = await send(message("tools/call", { name, arguments: given }));
      expect(status).toBeLessThan(500);
      expect(text).not.toMatch(/\bat \S+ \(|node_modules|went wrong/);
    }),
    { numRuns: 150 },
  );
});
