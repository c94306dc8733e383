import { PassThrough } from "node:stream";

import type { CallRecord } from "@call-log/model";
import { freshDatabase, waitFor } from "@call-log/testing";
import { expect, test } from "vitest";

import { runCli } from "../../cli.ts";
import { cliOn } from "../../testing/cli-on.ts";
import { wholeInstallation } from "../../testing/whole-installation.ts";

const ID = "5f8b9c0d-e1a2-4b3c-8d5e-6f7a8b9c0d1e";
const MENU = JSON.stringify({
  toNumber: "+1-555-010-0100",
  say: [{ gather: { say: "Press 4 to acknowledge", on: { "4": { acknowledge: true } } } }],
  reachedWhen: "acknowledged",
});

type Installation = Awaited<ReturnType<typeof wholeInstallation>>;

async function ownersKey({ cli, environment }: Installation) {
  const create = ["key", "create", "--permission", "Project Owner"];
  const { key } = await cli.json<{ key: string }>(create);
  return { environment: { ...environment, CALL_LOG_API_KEY: key } };
}

/** A `tail` that follows the calls already: what it has written so far, and how to end it as Ctrl-C does. */
async function startTail({ cli }: Installation, options: { environment: Record<string, string> }) {
  const stop = new AbortController();
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  let text = "";
  let said = "";
  stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const exited = runCli(["tail", "--every", "0.1"], {
    stdin: new PassThrough(),
    stdout,
    stderr,
    environment: { MONGODB_URI: cli.mongodbUri, DATA_DIR: "/nonexistent", ...options.environment },
    signal: stop.signal,
  });
  const end = () => {
    stop.abort();
    return exited;
  };
  await waitFor(() => said.includes("following the calls"), { describe: "the tail to follow" });
  return { text: () => text, end };
}

test.each([["without a key"], ["with a key"]])(
  "tail tells each event of a new call once, in its order, and its end (%s)",
  async (how) => {
    await using here = await wholeInstallation();
    const keyed = await ownersKey(here);
    const tail = await startTail(here, how === "with a key" ? keyed : { environment: {} });
    const dispatch = ["dispatch", "--file", "-"];
    const { _id } = await here.cli.json<{ _id: string }>(dispatch, { ...keyed, stdin: [MENU] });
    await waitFor(() => tail.text().includes("Completed: Reached as requested"), {
      describe: "the end of the call in the tail",
    });
    expect(await tail.end()).toBe(0);
    const lines = tail.text().trim().split("\n");
    expect(lines.every((line) => line.includes(`${_id}  +15550100100`))).toBe(true);
    const told = lines.map((line) => line.replace(/^.*\+15550100100 +/, ""));
    expect(new Set(told).size).toBe(told.length);
    const order = ["in-progress", "digits", "Completed: Reached as requested"];
    const places = order.map((what) => told.findIndex((line) => line.includes(what)));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
  },
);

test("show tells who was reached by which attempt, with which digit, at what cost, and why not before", async () => {
  await using here = await wholeInstallation();
  const keyed = await ownersKey(here);
  // Busy on the first try, then a person.
  const request = JSON.stringify({
    toNumber: "+1-555-010-0115",
    say: "The disk is full.",
    reachedWhen: "human",
    retry: { maxAttempts: 2, backoff: { delaySeconds: 0 } },
  });
  const dispatch = ["dispatch", "--file", "-"];
  const { _id } = await here.cli.json<{ _id: string }>(dispatch, { ...keyed, stdin: [request] });
  await waitFor(async () => (await here.store.calls.find(_id))?.pricing === "final");
  for (const options of [keyed, {}]) {
    const { stdout } = await here.cli.run(["show", _id], options);
    expect(stdout).toMatch(
      /^\+15550100115 was reached at 20\S+ \S+: a person answered\. Attempt 1: the line was busy\./,
    );
    expect(stdout).toMatch(/^status: +Completed: Reached as requested$/m);
    expect(stdout).toMatch(/^reached: +yes, by attempt 2: a person answered at 20/m);
    expect(stdout).toMatch(/^cost: +1\.\d+ ¢ \(final\)$/m);
    expect(stdout).toMatch(/^1 +ended .* The line was busy$/m);
    expect(stdout).toMatch(/ 2 +completed +poll +- +- +-$/m);
  }
  expect(await here.cli.json(["show", _id])).toMatchObject({ _id, status: "Completed" });
});

test("a call is canceled, called again, and one that is unknown resolved", async () => {
  await using here = await wholeInstallation();
  const keyed = await ownersKey(here);
  const later = JSON.stringify({ ...JSON.parse(MENU), scheduledAt: "2999-01-01T00:00:00Z" });
  const dispatch = ["dispatch", "--file", "-"];
  const { _id } = await here.cli.json<{ _id: string }>(dispatch, { ...keyed, stdin: [later] });
  const run = (argv: string[]) => here.cli.run(argv, keyed);
  expect((await run(["cancel", _id])).stdout).toBe(`call ${_id}: Canceled\n`);
  expect(await run(["cancel", _id])).toMatchObject({
    exitCode: 1,
    stderr: `call-log: call ${_id}: the call is over: Canceled\n`,
  });
  const again = await here.cli.json<{ _id: string }>(["retry", _id], keyed);
  expect((await run(["retry", _id])).stdout).toBe(
    `call ${_id} is called again as ${again._id}, as was asked before\n`,
  );

  const other = await here.cli.json<{ _id: string }>(dispatch, { ...keyed, stdin: [later] });
  const record = (await here.store.calls.find(other._id)) as CallRecord;
  const [attempt] = record.attempts;
  const unknown = { ...attempt!, state: "unknown", claimedAt: new Date(), provider: "simulated" };
  await here.store.calls.replace({
    ...record,
    status: "Unknown",
    attempts: [unknown],
  } as CallRecord);
  const resolve = ["resolve", other._id, "--as"];
  expect((await run([...resolve, "placed", "--provider-call", "SIM0"])).stderr).toBe(
    `call-log: call ${other._id}: providerCallId: the provider knows no such call\n`,
  );
  expect((await run([...resolve, "not-placed"])).stdout).toBe(`call ${other._id}: Failed\n`);

  for (const act of [["cancel"], ["retry"], ["resolve", "--as", "not-placed"]])
    expect(await run([...act, ID])).toMatchObject({
      exitCode: 1,
      stderr: `call-log: there is no call log ${ID}\n`,
    });
});

test.each([
  [["cancel", ID], 1, /^call-log: --api-key: is needed/],
  [["retry", "x"], 2, /^call-log: --id: must be a UUID/],
  [
    ["resolve", ID, "--as", "maybe"],
    2,
    /^call-log: --as: must be one of: placed, not-placed, call-again/,
  ],
  [["resolve", ID, "--as", "placed"], 2, /^call-log: --provider-call: is needed with --as placed/],
  [
    ["resolve", ID, "--as", "not-placed", "--provider-call", "CA1"],
    2,
    /^call-log: --provider-call: goes with --as placed only/,
  ],
  [["show", ID], 1, /^call-log: there is no call log 5f8b/],
  [["tail", "--every", "0"], 2, /^call-log: --every: must be a number of seconds, from 0.1 to 60/],
])("%j → exit code %i and one line", async (argv, exitCode, line) => {
  await using cli = cliOn(await freshDatabase());
  await cli.run(["project", "create", "--name", "Shop"]);
  const run = await cli.run(argv);
  expect(run).toMatchObject({ exitCode, stdout: "", stderr: expect.stringMatching(line) });
});
