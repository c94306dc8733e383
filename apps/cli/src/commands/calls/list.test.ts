import type { Project } from "@call-log/model";
import { connectStore } from "@call-log/store";
import { callRecord, freshDatabase } from "@call-log/testing";
import { afterAll, beforeAll, expect, test } from "vitest";

import { cliOn } from "../../testing/cli-on.ts";

const HOUR_MS = 3_600_000;

let cli: ReturnType<typeof cliOn>;
const idsByAge: string[] = [];
beforeAll(async () => {
  cli = cliOn(await freshDatabase());
  const { _id: projectId } = await cli.json<Project>(["project", "create", "--name", "Shop"]);
  const store = await connectStore({ uri: cli.mongodbUri });
  const statuses = ["Completed", "Not Reached", "completed", "Busy", "Completed"];
  for (const [hours, status] of statuses.entries()) {
    const createdAt = new Date(Date.now() - (hours * 60 + 30) * 60_000);
    const { wakeAt: _, ...record } = callRecord({ projectId, status, createdAt });
    idsByAge.push(record._id);
    await store.calls.insert(record);
  }
  await store.close();
});
afterAll(() => cli[Symbol.asyncDispose]());

interface Page {
  data: { _id: string }[];
  count: number;
  skip: number;
  nextCursor?: string;
}

async function listed(...argv: string[]): Promise<number[]> {
  const { data } = await cli.json<Page>(["list", ...argv]);
  return data.map(({ _id }) => idsByAge.indexOf(_id));
}

const ago = (hours: number) => new Date(Date.now() - hours * HOUR_MS).toISOString();

test.each([
  ["completed", [0, 2, 4]],
  ["COMPLETED", [0, 4]],
  ["not reached", [1]],
])(
  "--status %s finds the status in any letter case, and an imported one as it is",
  async (status, ages) => {
    expect(await listed("--status", status)).toEqual(ages);
  },
);

test("a status that no call has and call-log does not know gets a hint", async () => {
  expect(await cli.run(["list", "--status", "compelted"])).toEqual({
    exitCode: 0,
    stdout: "no calls\n",
    stderr: expect.stringMatching(/^call-log: --status: compelted is no status.*Completed.*\n$/),
  });
  expect((await cli.run(["list", "--status", "failed"])).stderr).toBe("");
});

test.each([
  [
    ["--since", "2h"],
    [0, 1],
  ],
  [["--since", "90m"], [0, 1].slice(0, 1)],
  [
    ["--until", "2h"],
    [2, 3, 4],
  ],
  [
    ["--since", ago(4), "--until", ago(2)],
    [2, 3],
  ],
  [
    ["--since", "2000-01-01"],
    [0, 1, 2, 3, 4],
  ],
  [["--since", "4h", "--status", "busy", "--query", '{"attemptCount":0}'], [3]],
])("%j", async (argv, ages) => {
  expect(await listed(...argv)).toEqual(ages);
});

test("pages are left out by --skip, and gone on with by the nextCursor of the page before", async () => {
  expect(await listed("--skip", "3")).toEqual([3, 4]);
  const { nextCursor } = await cli.json<Page>(["list", "--limit", "2"]);
  expect(await listed("--limit", "2", "--cursor", nextCursor!)).toEqual([2, 3]);
  const { stdout } = await cli.run(["list", "--limit", "2"]);
  expect(stdout.trimEnd().split("\n").at(-1)).toBe(`2 of 5; go on with --cursor ${nextCursor}`);
});

test.each([
  [["--since", "yesterday"], /^call-log: --since: must be a time with its zone/],
  [["--until", "2026-11-23T03:12"], /^call-log: --until: must be a time with its zone/],
  [["--skip", "-1"], /^call-log: --skip: must be a whole number from 0 to 1000000/],
  [["--skip", "1", "--cursor", "x"], /^call-log: --skip: must be 0 or absent when a cursor/],
  [["--query", '{"color":1}', "--since", "1h"], /^call-log: --query: query.*there is no "color"/],
])("%j → exit code 2 and one line that names the option", async (argv, line) => {
  const { exitCode, stderr } = await cli.run(["list", ...argv]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(line) });
});

test("a cursor that is none is named", async () => {
  expect(await cli.run(["list", "--cursor", "x"])).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/^call-log: cursor: /),
  });
});
