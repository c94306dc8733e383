import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import type { Project } from "@call-log/model";
import { connectStore } from "@call-log/store";
import { callRecord, freshDatabase } from "@call-log/testing";
import { afterEach, beforeEach, expect, test } from "vitest";

import type { ImportReport } from "../../import/import-report.ts";
import { cliOn } from "../../testing/cli-on.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "call-log-cli-"));
});
afterEach(() => rm(folder, { recursive: true }));

const idOf = (number: number) => `376d7300-28fe-11f1-b591-${String(number).padStart(12, "0")}`;

function aRow(number: number, overrides: Record<string, unknown> = {}) {
  return {
    _id: idOf(number),
    createdAt: new Date(1_700_000_000_000 + number * 1000).toISOString(),
    updatedAt: new Date(1_700_000_000_000 + number * 2000).toISOString(),
    toNumber: "+1-555-999-8888",
    fromNumber: "+15551112222",
    callData: { message: `=Alert "${number}",\n`, incidentId: "123", nothing: null },
    status: "Success",
    statusMessage: "-1, ok",
    callCostInUSDCents: 1.3,
    incident: { _id: idOf(9), title: "Disk full" },
    tags: ["database"],
    ...overrides,
  };
}

async function file(name: string, content: string): Promise<string> {
  const where = path.join(folder, name);
  await writeFile(where, content);
  return where;
}

async function cliWithProject() {
  const cli = cliOn(await freshDatabase());
  const project = await cli.json<Project>(["project", "create", "--name", "Shop"]);
  return { cli, projectId: project._id };
}

test("rows keep id, dates and status; the same file again changes nothing", async () => {
  const { cli, projectId } = await cliWithProject();
  await using _ = cli;
  const rows = [1, 2, 3].map((number) => aRow(number));
  const where = await file(
    "calls.json",
    JSON.stringify({ count: 3, data: rows, skip: 0, limit: 10 }),
  );
  const first = await cli.run(["import", "--project", projectId, where]);
  expect(first).toMatchObject({
    exitCode: 0,
    stdout: "3 imported, 0 there already, 0 refused, of 3 rows\n",
  });
  expect(await cli.json<ImportReport>(["import", where])).toMatchObject({
    imported: 0,
    present: 3,
    refused: 0,
    complete: true,
  });

  const { data } = await cli.json<{ data: { _id: string; createdAt: string; status: string }[] }>([
    "list",
  ]);
  expect(data.map(({ _id, createdAt, status }) => ({ _id, createdAt, status }))).toEqual(
    rows.map(({ _id, createdAt, status }) => ({ _id, createdAt, status })).toReversed(),
  );
});

test("refused rows are reported by row, line, field and reason, on the terminal and in a file; the others are imported", async () => {
  const { cli } = await cliWithProject();
  await using _ = cli;
  const lines = [
    aRow(1),
    aRow(2, { status: "Queued" }),
    aRow(3, { slug: "x" }),
    aRow(4, { toNumber: null }),
  ];
  const where = await file(
    "calls.jsonl",
    `${lines.map((row) => JSON.stringify(row)).join("\n")}\n{"_id":\n`,
  );
  const refusals = path.join(folder, "refused.jsonl");
  const { exitCode, stdout } = await cli.run(["import", where, "--refusals", refusals]);
  expect(exitCode).toBe(1);
  expect(stdout).toContain("2 imported, 0 there already, 3 refused, of 5 rows");
  expect(stdout).toMatch(/^2 +2 +status +must be a status of a call that is over/m);
  expect(stdout).toMatch(/^4 +4 +toNumber +is missing/m);
  expect(stdout).toContain("no such properties: slug (1)");
  const written = (await readFile(refusals, "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);
  expect(written).toHaveLength(3);
  expect(written).toContainEqual({ row: 5, line: 5, field: "", reason: "is not JSON" });
});

test("what is there with other content, or in another project, is refused and stays", async () => {
  const { cli, projectId } = await cliWithProject();
  await using _ = cli;
  const { _id: other } = await cli.json<Project>(["project", "create", "--name", "Other"]);
  const before = await file("before.json", JSON.stringify([aRow(1)]));
  const after = await file(
    "after.json",
    JSON.stringify([aRow(1, { status: "Error" }), aRow(2), aRow(2)]),
  );
  await cli.run(["import", "--project", projectId, before]);
  const changed = await cli.json<ImportReport>(["import", "--project", projectId, after]);
  expect(changed).toMatchObject({ imported: 1, present: 1, refused: 1 });
  expect(changed.refusals).toEqual([
    { row: 1, field: "_id", reason: expect.stringContaining("other content") },
  ]);
  const foreign = await cli.json<ImportReport>(["import", "--project", other, before]);
  expect(foreign.refusals).toEqual([
    { row: 1, field: "_id", reason: expect.stringContaining("another project") },
  ]);
});

test("an import that was stopped tells where to go on, and goes on there", async () => {
  const { cli } = await cliWithProject();
  await using _ = cli;
  const stop = new AbortController();
  function* lines() {
    for (let number = 1; number <= 3000; number += 1) {
      if (number === 1200) stop.abort();
      yield `${JSON.stringify(aRow(number))}\n`;
    }
  }
  const stopped = await cli.run(["import", "-"], { stdin: lines(), signal: stop.signal });
  const next = Number(/stopped; go on with --from (\d+)/.exec(stopped.stdout)?.[1]);
  expect(stopped.exitCode).toBe(1);
  expect(next).toBeGreaterThan(1);
  expect(next).toBeLessThan(3000);
  const rest = await cli.json<ImportReport>(["import", "-", "--from", String(next)], {
    stdin: lines(),
  });
  expect(rest).toMatchObject({ imported: 3000 - (next - 1), present: 0, refused: 0 });
});

test("of a file that is broken, what comes before is imported, and the text says where", async () => {
  const { cli } = await cliWithProject();
  await using _ = cli;
  const text = JSON.stringify([aRow(1), aRow(2)]).slice(0, -20);
  const { exitCode, stdout, stderr } = await cli.run(["import", "-"], { stdin: [text] });
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  expect(stderr).toContain(
    "1 imported, 0 there already, 0 refused, of 1 rows\nstopped; go on with --from 2",
  );
  expect(stderr).toContain("FILE: is not JSON, some way after row 1");
});

test("what is exported is imported again without a difference, in both forms", async () => {
  const { cli, projectId } = await cliWithProject();
  await using _ = cli;
  const store = await connectStore({ uri: cli.mongodbUri });
  const own = callRecord({
    _id: idOf(7),
    projectId,
    status: "Completed",
    answeredBy: "human",
    pricing: "final",
  });
  await store.calls.insert({
    ...own,
    attempts: [{ ...own.attempts[0]!, state: "ended", requestDigest: "x" }],
  });
  await store.close();
  const rows = [1, 2, 3].map((number) => aRow(number, { statusMessage: "'=1" }));
  await cli.run(["import", "-"], { stdin: [JSON.stringify(rows)] });

  for (const format of ["jsonl", "csv"]) {
    const output = path.join(folder, `calls.${format}`);
    const { stdout } = await cli.run(["export", "--format", format, "--output", output]);
    expect(stdout).toBe(`4 call logs exported to ${output}\n`);
    expect(await cli.json<ImportReport>(["import", output])).toMatchObject({
      read: 4,
      present: 4,
      refused: 0,
    });

    await using fresh = cliOn(await freshDatabase());
    await fresh.json<Project>(["project", "create", "--name", "Copy"]);
    expect(await fresh.json<ImportReport>(["import", output])).toMatchObject({
      imported: 4,
      refused: 0,
    });
    const copy = await fresh.run(["export", "--format", format]);
    const original = await readFile(output, "utf8");
    const { _id: copyId } = (await fresh.json<Project[]>(["project", "list"]))[0]!;
    expect(copy.stdout).toBe(original.replaceAll(projectId, copyId));
  }
});

test("a price that was pending is estimated after the import, and the call is there already where it comes from", async () => {
  const { cli, projectId } = await cliWithProject();
  await using _ = cli;
  const store = await connectStore({ uri: cli.mongodbUri });
  const { wakeAt: _wakeAt, ...own } = callRecord({ projectId, status: "Busy", pricing: "pending" });
  await store.calls.insert(own);
  await store.close();
  const { stdout } = await cli.run(["export"]);
  const again = await cli.json<ImportReport>(["import", "-"], { stdin: [stdout] });
  expect(again).toMatchObject({ present: 1, refused: 0 });

  await using fresh = cliOn(await freshDatabase());
  await fresh.json<Project>(["project", "create", "--name", "Copy"]);
  await fresh.run(["import", "-"], { stdin: [stdout] });
  const copy = (await fresh.run(["export"])).stdout;
  expect(JSON.parse(copy)).toEqual({
    ...(JSON.parse(stdout) as object),
    projectId: expect.not.stringMatching(projectId),
    pricing: "estimated",
  });
});

test("no cell of an exported CSV is a formula", async () => {
  const { cli } = await cliWithProject();
  await using _ = cli;
  const evil = aRow(1, {
    status: "=cmd|' /C calc'!A0",
    statusMessage: "@SUM(1)",
    incident: { _id: idOf(9), title: "=1" },
  });
  await cli.run(["import", "-"], { stdin: [JSON.stringify([evil])] });
  const { stdout } = await cli.run(["export", "--format", "csv"]);
  expect(stdout).toContain("'=cmd");
  expect(stdout).not.toMatch(/(^|[,\n]"?)[=+@-]/m);
});

test("an export takes a query, writes to standard output alone, and leaves no part behind", async () => {
  const { cli } = await cliWithProject();
  await using _ = cli;
  await cli.run(["import", "-"], {
    stdin: [JSON.stringify([aRow(1), aRow(2, { status: "Error" })])],
  });
  const { stdout, stderr } = await cli.run(["export", "--query", '{"status":"Error"}']);
  expect(
    stdout
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { _id: string })._id),
  ).toEqual([idOf(2)]);
  expect(stderr).toBe("call-log: 1 call logs exported\n");
  expect((JSON.parse(stdout) as { callData: unknown }).callData).toEqual(aRow(2).callData);
  expect(JSON.parse(stdout)).toMatchObject({ incident: { _id: idOf(9), title: "Disk full" } });
  expect(stdout.replace('"nothing":null', "")).not.toContain("null");

  const stopped = await cli.run(["export", "--output", path.join(folder, "x")], {
    signal: AbortSignal.abort(),
  });
  expect(stopped).toMatchObject({
    exitCode: 1,
    stdout: "",
    stderr: expect.stringContaining("not whole"),
  });
  expect(await readdir(folder)).toEqual([]);
});

test.each([
  [["import", "/nonexistent/x"], 1, /FILE: \/nonexistent\/x can't be read: ENOENT/],
  [["import"], 2, /missing required argument 'file'/],
  [["import", "-", "--format", "xml"], 2, /--format: must be one of: json, jsonl, csv/],
  [["import", "-", "--from", "0"], 2, /--from: must be a row number/],
  [["import", "-", "--refusals", "/nonexistent/x"], 1, /--refusals: .* ENOENT/],
  [["export", "--format", "xml"], 2, /--format: must be one of: jsonl, csv/],
  [["export", "--query", "{"], 2, /--query: is not JSON/],
  [["export", "--query", '{"color":1}'], 2, /--query: query.color: there is no "color"/],
  [
    ["export", "--output", "/nonexistent/x"],
    1,
    /--output: \/nonexistent\/x can't be written: ENOENT/,
  ],
])("%j → exit code %i and one line that names the option", async (argv, exitCode, line) => {
  const { cli } = await cliWithProject();
  await using _ = cli;
  const run = await cli.run(argv, { stdin: ["[]"] });
  expect(run).toMatchObject({ exitCode, stdout: "", stderr: expect.stringMatching(line) });
});
