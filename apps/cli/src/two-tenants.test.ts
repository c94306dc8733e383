import { randomUUID } from "node:crypto";

import { createCallProducer } from "@call-log/client/queue";
import { isOfInstallation, newAlertSource, PERMISSION_NAMES } from "@call-log/model";
import { collectionsOf } from "@call-log/store/testing";
import { callRecord, waitFor } from "@call-log/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { COMMANDS } from "./commands/index.ts";
import { runInTest } from "./testing/cli-on.ts";
import { wholeInstallation } from "./testing/whole-installation.ts";

/** Texts and numbers that stand in what tenant A has, and nowhere else. */
const MARKS = ["tenant-a", "+15557770001", "+15557770002"];
const [MARK = "", TO_NUMBER = "", FROM_NUMBER = ""] = MARKS;
const ANSWERED = "+15550100100";

interface Tenant {
  projectId: string;
  keyId: string;
  callId: string;
  deadLetterId: string;
  alertSourceId: string;
  webhookId: string;
  deliveryId: string;
}

type Attack = (a: Tenant) => string[];

/** What somebody with a key of project B types to get at what A has, by command. A new command fails the first test until it is here. */
const COMMAND_LINES: Readonly<Record<string, Attack>> = {
  "alert-sources create": ({ projectId }) => [
    "--kind",
    "grafana",
    "--name",
    "mine",
    "--to",
    ANSWERED,
    "--project",
    projectId,
    "--rule",
    JSON.stringify({ fromNumber: FROM_NUMBER }),
  ],
  "alert-sources delete": ({ alertSourceId }) => [alertSourceId],
  "alert-sources dry-run": ({ alertSourceId }) => [alertSourceId, "--body", "package.json"],
  "alert-sources list": ({ projectId }) => ["--project", projectId],
  "alert-sources recent": ({ alertSourceId }) => [alertSourceId],
  "alert-sources rotate-token": ({ alertSourceId }) => [alertSourceId],
  "alert-sources show": ({ alertSourceId }) => [alertSourceId],
  "alert-sources test-back": ({ alertSourceId }) => [alertSourceId],
  "alert-sources update": ({ alertSourceId }) => [alertSourceId, "--off"],
  audit: ({ projectId }) => ["--query", JSON.stringify({ projectId })],
  backup: () => ["/nonexistent/backup"],
  cancel: ({ callId }) => [callId],
  "dead-letter drop": ({ deadLetterId }) => [deadLetterId],
  "dead-letter list": ({ projectId }) => ["--state", "all", "--project", projectId],
  "dead-letter replay": ({ deadLetterId }) => [deadLetterId],
  "dead-letter show": ({ deadLetterId }) => [deadLetterId],
  dispatch: () => ["--to", ANSWERED, "--say", "x", "--from", FROM_NUMBER],
  "do-not-call add": ({ projectId }) => [ANSWERED, "--project", projectId],
  "do-not-call list": ({ projectId }) => ["--project", projectId],
  "do-not-call remove": ({ projectId }) => [ANSWERED, "--project", projectId],
  doctor: () => [],
  migrate: () => [],
  export: ({ projectId }) => ["--project", projectId],
  health: () => [],
  import: ({ projectId }) => ["/nonexistent", "--project", projectId],
  "key create": ({ projectId }) => ["--permission", "Viewer", "--project", projectId],
  "key list": ({ projectId }) => ["--project", projectId],
  "key revoke": ({ keyId }) => [keyId],
  "key rotate": ({ keyId }) => [keyId],
  "call-now": ({ callId }) => [callId, "--reason", "mine"],
  list: ({ projectId }) => ["--query", JSON.stringify({ $or: [{ projectId }, { tags: MARK }] })],
  "number lend": () => [FROM_NUMBER, "--all"],
  "number list": () => [],
  "number take-back": () => [FROM_NUMBER],
  "project create": () => ["--name", "mine"],
  "project list": () => [],
  "project pause": ({ projectId }) => [projectId, "--reason", "mine"],
  "project resume": ({ projectId }) => [projectId],
  "project set": ({ projectId }) => [projectId, '{"name": "mine"}'],
  "project show": ({ projectId }) => [projectId],
  "provider list": () => [],
  "provider pause": () => ["simulated", "--reason", "mine"],
  "provider resume": () => ["simulated"],
  resolve: ({ callId }) => [callId, "--as", "not-placed"],
  restore: () => ["/nonexistent/backup"],
  restored: () => ["--at", "2026-11-23"],
  retry: ({ callId }) => [callId],
  "session end": ({ keyId }) => [keyId],
  "session end-all": () => [],
  "session list": () => [],
  show: ({ callId }) => [callId],
  "webhooks create": () => ["https://hooks.example.com/mine", "--event", "nothing"],
  "webhooks delete": ({ webhookId }) => [webhookId],
  "webhooks deliveries": ({ webhookId, projectId }) => [
    "--endpoint",
    webhookId,
    "--project",
    projectId,
  ],
  "webhooks delivery": ({ deliveryId }) => [deliveryId],
  "webhooks list": ({ projectId }) => ["--project", projectId],
  "webhooks replay": ({ webhookId }) => [webhookId, "--from", "7d", "--all"],
  "webhooks resend": ({ deliveryId }) => [deliveryId],
  "webhooks rotate": ({ webhookId }) => [webhookId],
  "webhooks secret": ({ webhookId }) => [webhookId],
  "webhooks show": ({ webhookId }) => [webhookId],
  "webhooks test": ({ webhookId }) => [webhookId],
  "webhooks update": ({ webhookId }) => [webhookId, "--enable"],
  "worker drain": () => ["--all"],
  "worker list": () => [],
  "worker resume": () => ["--all"],
};

/** They run until they are stopped: `tail` reads by `list`'s query, within the key's project; `webhooks listen` creates an endpoint there; the tools of `mcp` are asked in mcp.test.ts. */
const WITHOUT_END = ["tail", "mcp", "webhooks listen"];

let here: Awaited<ReturnType<typeof wholeInstallation>>;
let a: Tenant;
beforeAll(async () => {
  here = await wholeInstallation();
  a = await freshTenant();
});
afterAll(() => here[Symbol.asyncDispose]());

async function freshTenant(): Promise<Tenant> {
  const { store } = here;
  const project = { name: `${MARK} project`, fromNumbers: [FROM_NUMBER] };
  const { _id: projectId } = await store.projects.create(project);
  const key = { projectId, permissions: ["Project Owner" as const], name: `${MARK} key` };
  const { id: keyId } = await store.keys.create(key);
  const { wakeAt: _, ...over } = callRecord({
    projectId,
    status: "Completed",
    toNumber: TO_NUMBER,
    fromNumber: FROM_NUMBER,
    tags: [MARK],
  });
  await store.calls.insert(over);
  const deadLetterId = randomUUID();
  const request = { toNumber: TO_NUMBER, say: MARK };
  await store.deadLetters.keep({
    _id: deadLetterId,
    jobId: `${MARK} job`,
    projectId,
    madeAt: new Date(),
    version: 1,
    attempts: 1,
    code: "BAD_REQUEST",
    reason: `fromNumber: must be one of: ${FROM_NUMBER}`,
    fields: ["fromNumber"],
    isSensitive: false,
    payload: JSON.stringify({ projectId, request }),
  });
  const rule = { to: TO_NUMBER, fromNumber: FROM_NUMBER };
  const { source } = await store.alertSources.create(
    projectId,
    newAlertSource.parse({ name: `${MARK} source`, kind: "grafana", rule }),
  );
  const url = `https://${MARK}.example.com/hook`;
  const { endpoint } = await store.webhookEndpoints.create(projectId, { url });
  // The workers of this installation send nothing to a disabled endpoint.
  await store.webhookEndpoints.update(projectId, endpoint._id, { enabled: false });
  return {
    projectId,
    keyId,
    callId: over._id,
    deadLetterId,
    alertSourceId: source._id,
    webhookId: endpoint._id,
    deliveryId: `${over._id}-e1-${endpoint._id}`,
  };
}

/** Every document that names A's project, and every other one that holds something of A. */
async function documents(): Promise<{ ofA: object[]; elsewhere: object[] }> {
  const all = Object.values(collectionsOf(here.store)).map((collection) =>
    (collection as { find(): { toArray(): Promise<object[]> } }).find().toArray(),
  );
  const found = (await Promise.all(all)).flat();
  const isOfA = (one: object) => JSON.stringify(one).includes(a.projectId);
  const holdsMark = (one: object) => MARKS.some((mark) => JSON.stringify(one).includes(mark));
  return {
    ofA: found.filter(isOfA),
    elsewhere: found.filter((one) => !isOfA(one) && holdsMark(one)),
  };
}

test("every command is tried", () => {
  const names = [...Object.keys(COMMAND_LINES), ...WITHOUT_END].toSorted();
  expect(COMMANDS.map(({ name }) => name).toSorted()).toEqual(names);
});

describe.each(PERMISSION_NAMES.filter((name) => !isOfInstallation(name)))(
  "the command line with a key of project B with %s",
  (permission) => {
    test("reads and changes nothing of A", async () => {
      const { project, store, environment } = here;
      const newKey = { projectId: project._id, permissions: [permission] };
      const { key } = await store.keys.create(newKey);
      const before = await documents();
      for (const [name, attack] of Object.entries(COMMAND_LINES)) {
        const argv = [...name.split(" "), ...attack(a)];
        const { stdout, stderr } = await runInTest(argv, {
          environment: {
            CALL_LOG_URL: environment.CALL_LOG_URL,
            CALL_LOG_API_KEY: key,
            DATA_DIR: "/nonexistent",
          },
        });
        const own = argv.join(" ");
        const leaks = MARKS.filter((mark) => `${stdout}${stderr}`.includes(mark));
        expect({ name, leaks: leaks.filter((mark) => !own.includes(mark)) }).toEqual({
          name,
          leaks: [],
        });
      }
      expect(await documents()).toEqual(before);
    });
  },
);

test("a job of B on the queue can't call from A's number, and is not A's request by its key", async () => {
  const { project, store, environment } = here;
  const idempotencyKey = randomUUID();
  const before = await documents();
  const producer = createCallProducer({
    redisUrl: environment.REDIS_URL,
    prefix: environment.QUEUE_PREFIX,
  });
  const request = { toNumber: ANSWERED, say: "x" };
  await producer.add(project._id, { ...request, fromNumber: FROM_NUMBER });
  await producer.add(project._id, { ...request, idempotencyKey });
  await producer.close();
  const calls = await waitFor(async () => {
    const found = await collectionsOf(store).callLogs.find({ projectId: project._id }).toArray();
    return found.some((call) => call.idempotencyKey === idempotencyKey) && found;
  });
  expect(calls.filter(({ fromNumber }) => fromNumber === FROM_NUMBER)).toEqual([]);
  // What B wrote is in B's own dead letter alone.
  const refused = { projectId: project._id, fields: ["fromNumber"] };
  await waitFor(async () => collectionsOf(store).deadLetters.findOne(refused));
  await collectionsOf(store).deadLetters.deleteMany(refused);
  expect(await documents()).toEqual(before);
});
