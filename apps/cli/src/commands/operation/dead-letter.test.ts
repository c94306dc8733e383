import { randomUUID } from "node:crypto";

import { QUEUES } from "@call-log/model";
import { collectionsOf } from "@call-log/store/testing";
import { waitFor } from "@call-log/testing";
import { Queue } from "bullmq";
import { afterAll, beforeAll, expect, test } from "vitest";

import { wholeInstallation } from "../../testing/whole-installation.ts";

let whole: Awaited<ReturnType<typeof wholeInstallation>>;
let key: string;
let operatorKey: string;
beforeAll(async () => {
  whole = await wholeInstallation();
  const { store, project } = whole;
  const owner = { projectId: project._id, permissions: ["Project Owner" as const] };
  ({ key } = await store.keys.create(owner));
  ({ key: operatorKey } = await store.keys.create({ permissions: ["Operator"] }));
});
afterAll(() => whole?.[Symbol.asyncDispose]());

const REQUEST = { toNumber: "+15550100100", say: "Down" };

/** Queue a job that is refused; the id of its dead letter. */
async function refused(data: unknown): Promise<string> {
  const { REDIS_URL: url, QUEUE_PREFIX: prefix } = whole.environment;
  await using queue = Object.assign(
    new Queue(QUEUES.requests.name, { connection: { url }, prefix }),
    {
      [Symbol.asyncDispose]: () => queue.close(),
    },
  );
  const jobId = `job-${randomUUID()}`;
  await queue.add("x", data, { jobId });
  const find = () => collectionsOf(whole.store).deadLetters.findOne({ jobId });
  return (await waitFor(find))._id;
}

const run = (...argv: string[]) => whole.cli.run(argv, { environment: whole.environment });
const onDatabase = (...argv: string[]) => run("dead-letter", ...argv, "--json");

test("a refused request is listed, shown and dropped on the machine", async () => {
  const id = await refused({ projectId: whole.project._id, request: { say: "Down" } });
  const listed = await run("dead-letter", "list");
  expect(listed.stdout).toMatch(new RegExp(`^${id} .* open .* toNumber: `, "m"));
  const shown = await run("dead-letter", "show", id);
  expect(shown.stdout).toMatch(/^reason: +toNumber: .*\(BAD_REQUEST\)$/m);
  expect(shown.stdout).toMatch(/^held: .*"say":"Down"/m);
  expect((await run("dead-letter", "drop", id)).stdout).toBe(`refused request ${id}: dropped\n`);
  expect((await run("dead-letter", "list")).stdout).toBe("no refused requests\n");
  const all = JSON.parse((await onDatabase("list", "--state", "all")).stdout) as { data: object[] };
  expect(all.data).toMatchObject([{ _id: id, state: "dropped", hasPayload: false }]);
});

test("a replay needs the api, and comes to one call however often it is done", async () => {
  const projectId = randomUUID();
  const id = await refused({ projectId, request: REQUEST });
  const replay = (apiKey: string) =>
    run("dead-letter", "replay", id, "--installation", "--api-key", apiKey, "--json");
  const without = await run("dead-letter", "replay", id, "--installation");
  expect([without.exitCode, without.stderr]).toEqual([1, expect.stringContaining("--api-key: ")]);
  expect(await replay(key)).toMatchObject({ exitCode: 1, stdout: "" });
  const refusal = await replay(operatorKey);
  expect([refusal.exitCode, refusal.stderr]).toEqual([
    1,
    expect.stringContaining("there is no such project"),
  ]);
  await collectionsOf(whole.store).projects.insertOne({
    ...whole.project,
    _id: projectId,
    createdAt: new Date(),
  });
  const first = JSON.parse((await replay(operatorKey)).stdout) as { _id: string };
  const again = JSON.parse((await replay(operatorKey)).stdout) as { _id: string };
  expect(again).toMatchObject({ _id: first._id, repeated: true });
  expect(await collectionsOf(whole.store).callLogs.countDocuments({ projectId })).toBe(1);
});

test("an id that is none is said so", async () => {
  const { exitCode, stderr } = await run("dead-letter", "show", randomUUID(), "--installation");
  expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/there is no refused request/)]);
});
