import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { freshApi, type FreshApi } from "../testing/fresh-api.ts";
import { maskedJobData } from "./masked-job-data.ts";

let api: FreshApi;
let address: string;
let operator: string;
beforeAll(async () => {
  api = await freshApi();
  address = await api.listen();
  ({ key: operator } = await api.keyWith(["Operator"]));
});
afterAll(() => api[Symbol.asyncDispose]());

const ask = (path: string, key: string | null, method = "GET") =>
  fetch(`${address}/queues${path}`, { method, headers: key === null ? {} : { apikey: key } });

describe("the board of the queues", () => {
  test.each(["", "/", "/api/redis/stats", "/static/favicon.ico", "/queue/call-requests"])(
    "at /queues%s is for operators alone",
    async (path) => {
      expect((await ask(path, null)).status).toBe(401);
      expect((await ask(path, api.key)).status).toBe(403);
      expect((await ask(path, operator)).status).toBe(200);
    },
  );

  test("is for an operator's session in a browser, too", async () => {
    const signedIn = await api.ask("POST", "/session", { key: null, body: { apiKey: operator } });
    const cookie = String(signedIn.headers["set-cookie"]).split(";")[0]!;
    const page = await fetch(`${address}/queues`, { headers: { cookie } });
    expect([page.status, page.headers.get("content-type")]).toEqual([
      200,
      expect.stringContaining("text/html"),
    ]);
    const policy = page.headers.get("content-security-policy");
    expect(policy).toMatch(/^default-src 'self';.*frame-ancestors 'none'/);
    expect(policy).not.toMatch(/https?:|\*/);
  });

  test("shows every queue, and of a job's data ids alone", async () => {
    await api.dependencies.dispatcher.queues.addEvents([
      {
        attemptId: "0198f2a4-1111-7000-8000-000000000000.1",
        provider: "simulated",
        source: "callback",
        status: "completed",
        at: "2026-11-26T10:00:00.000Z",
        digits: "4711",
        payload: { To: "+15550100123" },
      } as never,
    ]);
    const answer = await ask(
      "/api/queues?activeQueue=call-events&status=latest&page=1&jobsPerPage=10",
      operator,
    );
    const { queues } = (await answer.json()) as {
      queues: { name: string; readOnlyMode: boolean; jobs: { data: object }[] }[];
    };
    expect(queues.map(({ name }) => name)).toEqual([
      "call-requests",
      "call-dispatch",
      "call-events",
      "call-maintenance",
    ]);
    expect(queues.every(({ readOnlyMode }) => readOnlyMode)).toBe(true);
    const { data } = queues[2]!.jobs[0]!;
    expect(data).toMatchObject({ provider: "simulated", digits: "(hidden)", payload: "(hidden)" });
    expect(JSON.stringify(queues)).not.toMatch(/4711|15550100123/);
  });

  test.each(["PUT", "POST", "PATCH", "DELETE"])(
    "has nothing to %s, not even for operators",
    async (method) => {
      for (const path of [
        "/api/queues/pause",
        "/api/queues/call-events/pause",
        "/api/queues/call-events/1/retry",
      ])
        expect((await ask(path, operator, method)).status).toBe(404);
    },
  );
});

test.each([
  [
    { projectId: "5f8b9c0d-e1a2-4b3c-8d5e-6f7a8b9c0d1e", request: { toNumber: "+15550100100" } },
    { projectId: "5f8b9c0d-e1a2-4b3c-8d5e-6f7a8b9c0d1e", request: "(hidden)" },
  ],
  [
    { projectId: "+15550100100", say: "Hello" },
    { projectId: "(hidden)", say: "(hidden)" },
  ],
  ["text", "(hidden)"],
  [["+15550100100"], "(hidden)"],
  [null, "(hidden)"],
])("%j is shown as %j", (data, shown) => {
  expect(maskedJobData(data)).toEqual(shown);
});
