import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import type { Problem, ProblemRuleName } from "@call-log/model";
import { expect, onTestFinished, test } from "vitest";

import type { Check } from "./check.ts";
import {
  callbackCheck,
  certificateCheck,
  credentialsCheck,
  diskCheck,
  problemChecks,
  processChecks,
  settingsCheck,
} from "./installation-checks.ts";
import { redisFacts } from "./look-at-redis.ts";
import { lookAtSettings } from "./look-at-settings.ts";
import { clockOf, lookAtCallbacks, reasonOf } from "./look-outside.ts";
import { clockCheck, databaseChecks, redisChecks } from "./server-checks.ts";

const GB = 1_073_741_824;
const DATABASE = {
  version: "8.0.4",
  clockAheadMs: 20,
  missingIndexes: [],
  extraIndexes: [],
  migrations: [{ number: 1, title: "Digits", isNewer: false, finishedAt: new Date(0) }],
};
const REDIS = {
  version: "7.4.1",
  policy: "noeviction",
  usedBytes: GB / 2,
  maxBytes: GB,
  isPersistent: true,
};
const WORKER = {
  id: "w",
  role: "worker",
  host: "n",
  pid: 1,
  startedAt: new Date(0),
  providers: ["twilio"],
  simulated: [],
  release: "1.2.3",
};

const UNTRUSTED = { kind: "unreachable", reason: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" } as const;

function problem(rule: ProblemRuleName): Problem {
  return { id: "p", rule, text: "It is so.", since: new Date(0), projectId: "shop" };
}

const levels = (checks: readonly Check[]) =>
  checks.flatMap(({ name, level }) => (level === "ok" ? [] : [`${level} ${name}`]));

test("an installation that is well has nothing to mend", () => {
  const checks = [
    ...databaseChecks(DATABASE),
    ...redisChecks(REDIS),
    ...processChecks([WORKER], "1.2.3"),
    ...problemChecks([]),
    diskCheck("/data", 2 * GB),
    callbackCheck({ kind: "call-log" }),
    certificateCheck(60),
    credentialsCheck("twilio", undefined),
    settingsCheck([], []),
  ];
  expect(levels(checks)).toEqual([]);
  expect(checks.every(({ remedy }) => remedy === "")).toBe(true);
});

test.each<[string, readonly Check[]]>([
  ["fail database version", databaseChecks({ ...DATABASE, version: "4.4.29" })],
  ["warn clock of the database", databaseChecks({ ...DATABASE, clockAheadMs: -2001 })],
  ["warn indexes", databaseChecks({ ...DATABASE, missingIndexes: ["callLogs.due"] })],
  ["warn other indexes", databaseChecks({ ...DATABASE, extraIndexes: ["callLogs.mine"] })],
  [
    "fail migration 2",
    databaseChecks({ ...DATABASE, migrations: [{ number: 2, title: "x", isNewer: false }] }),
  ],
  ["fail redis version", redisChecks({ ...REDIS, version: "6.0.20" })],
  ["fail redis eviction", redisChecks({ ...REDIS, policy: "allkeys-lru" })],
  ["fail redis memory", redisChecks({ ...REDIS, usedBytes: 0.8 * GB })],
  ["warn redis persistence", redisChecks({ ...REDIS, isPersistent: false })],
  [
    "fail providers",
    processChecks([WORKER, { ...WORKER, role: "api", providers: ["telnyx"] }], "1.2.3"),
  ],
  ["warn providers", processChecks([{ ...WORKER, simulated: ["simulated"] }], "1.2.3")],
  ["fail workers", processChecks([{ ...WORKER, draining: true }], "1.2.3")],
  ["fail workers", processChecks([{ ...WORKER, role: "api" }], "1.2.3")],
  ["warn workers", processChecks([], "1.2.3")],
  ["warn releases", processChecks([WORKER], "1.3.0")],
  ["fail call-stuck", problemChecks([problem("call-stuck")])],
  ["warn queue-growing", problemChecks([problem("queue-growing")])],
  ["fail disk", [diskCheck("/data", GB - 1)]],
  ["warn callback address", [callbackCheck({ kind: "unset" })]],
  ["fail callback address", [callbackCheck({ kind: "unreachable", reason: "ENOTFOUND" })]],
  ["fail callback address", [callbackCheck({ kind: "other", status: 502 })]],
  ["fail callback address", [callbackCheck(UNTRUSTED)]],
  ["warn certificate", [certificateCheck(13)]],
  ["fail certificate", [certificateCheck(-1)]],
  ["fail credentials twilio", [credentialsCheck("twilio", "Authenticate")]],
  ["warn clock of twilio", [clockCheck("clock of twilio", 60_000)]],
  ["fail settings", [settingsCheck(["PROVIDER: must be set"], [])]],
  ["warn settings", [settingsCheck([], ["POLL_AFTER_SECOND is no setting; POLL_AFTER_SECONDS?"])]],
])("%s says what to do", (expected, checks) => {
  expect(levels(checks)).toEqual([expected]);
  const found = checks.find(({ level }) => level !== "ok");
  expect(found?.remedy).toMatch(/^[A-Z].{8,}/);
});

test("a certificate that is not trusted is named as the cause, and how an authority of one's own is trusted", () => {
  expect(callbackCheck(UNTRUSTED)).toMatchObject({
    detail: expect.stringContaining("certificate of PUBLIC_URL is not trusted"),
    remedy: expect.stringContaining("NODE_EXTRA_CA_CERTS"),
  });
});

test("a problem is shown with its time and project", () => {
  expect(problemChecks([problem("call-stuck")])[0]?.detail).toBe(
    "It is so. Since 1970-01-01T00:00:00.000Z, project shop.",
  );
});

test("what could not be opened is named with its file", async () => {
  const error = await readFile("/nowhere/ledger").catch((thrown: unknown) => thrown);
  expect(reasonOf(error)).toBe("ENOENT: /nowhere/ledger");
});

test("what Redis says of itself is read, and what it does not say is unknown", () => {
  const info =
    "# Server\r\nredis_version:7.4.1\r\nused_memory:1024\r\nmaxmemory:0\r\nmaxmemory_policy:noeviction\r\naof_enabled:0\r\n";
  const facts = { version: "7.4.1", policy: "noeviction", usedBytes: 1024, maxBytes: 0 };
  expect(redisFacts(info, "")).toEqual({ ...facts, isPersistent: false });
  expect(redisFacts(info, "3600 1")).toEqual({ ...facts, isPersistent: true });
  expect(redisFacts(info, undefined)).toEqual({ ...facts, isPersistent: undefined });
  expect(levels(redisChecks(redisFacts("", undefined)))).toEqual([]);
});

test("every bad setting is named at once, and a misspelt one", () => {
  const servers = { MONGODB_URI: "mongodb://x", REDIS_URL: "redis://x", PROVIDER: "simulated" };
  const { problems } = lookAtSettings({ ...servers, PROVIDER: "twilio", LOG_LEVEL: "loud" });
  expect(problems.join()).toMatch(/LOG_LEVEL.*TWILIO_ACCOUNT_SID|TWILIO_ACCOUNT_SID.*LOG_LEVEL/s);
  const { misspelt } = lookAtSettings({ ...servers, POLL_AFTER_SECOND: "5" });
  expect(misspelt).toEqual(["POLL_AFTER_SECOND is no setting; POLL_AFTER_SECONDS?"]);
});

test("the settings of one process with its own servers need neither address nor provider", () => {
  expect(lookAtSettings({ PUBLIC_URL: "https://calls.example" }, "standalone")).toMatchObject({
    problems: [],
    publicUrl: "https://calls.example",
    accounts: [{ account: { name: "simulated" } }],
  });
  const { problems } = lookAtSettings({ REDIS_URL: "localhost" }, "standalone");
  expect(problems.join()).toContain("REDIS_URL: must start with");
});

test("the callback address is asked as a carrier would, and clocks by their Date header", async () => {
  const answers: string[] = [];
  const server = createServer((request, response) => {
    answers.push(`${request.method} ${request.url}`);
    response.setHeader("date", new Date(Date.now() + 3_600_000).toUTCString());
    const isProxy = request.url!.startsWith("/wrong");
    response.writeHead(404).end(isProxy ? "nginx" : '{"code":"NOT_FOUND","requestId":"1"}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await lookAtCallbacks(url)).toEqual({ kind: "call-log" });
  expect(await lookAtCallbacks(`${url}/wrong`)).toEqual({ kind: "other", status: 404 });
  expect(await lookAtCallbacks("http://127.0.0.1:1")).toMatchObject({ kind: "unreachable" });
  expect(await lookAtCallbacks(undefined)).toEqual({ kind: "unset" });
  expect(answers[0]).toMatch(/^POST \/hooks\/doctor\/.*\/status$/);
  expect(await clockOf(url)).toBeGreaterThan(3_590_000);
});

test("a migration that workers make in parts is no fault while it lasts", () => {
  const [migration] = [{ number: 2, title: "x", isNewer: false, inBackground: true as const }];
  expect(levels(databaseChecks({ ...DATABASE, migrations: [migration] }))).toEqual([]);
});
