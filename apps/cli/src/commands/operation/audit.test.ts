import { userInfo } from "node:os";

import type { Project } from "@call-log/model";
import { freshDatabase } from "@call-log/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { cliOn } from "../../testing/cli-on.ts";

const NUMBER = "+15550100100";

/** A page of the trail, as far as the tests look at it. */
interface Page {
  data: { act: string; actor: object; result: string; facts?: object; scopes?: unknown }[];
  count: number;
  nextCursor?: string;
}

let cli: ReturnType<typeof cliOn>;
let project: Project;
beforeAll(async () => {
  cli = cliOn(await freshDatabase());
  project = await cli.json<Project>(["project", "create", "--name", "Shop"]);
});
afterAll(() => cli[Symbol.asyncDispose]());

const trail = (...options: string[]) => cli.json<Page>(["audit", ...options]);

/** Commands that change something, and the acts that they leave. */
const COMMANDS: readonly [string[], string[]][] = [
  [["project", "set", "ID", '{"retentionDays":30}'], ["project.update"]],
  [["project", "pause", "ID", "--reason", "Drill"], ["project.pause"]],
  [["project", "resume", "ID"], ["project.resume"]],
  [["do-not-call", "add", NUMBER], ["do-not-call.add"]],
  [["do-not-call", "remove", NUMBER], ["do-not-call.remove"]],
  [["key", "create", "--permission", "Viewer", "--name", "Pager"], ["key.create"]],
  [["number", "lend", "+15550100777", "--all"], ["number.lend"]],
  [["number", "take-back", "+15550100777"], ["number.take-back"]],
  [["provider", "pause", "simulated", "--reason", "Drill"], ["provider.pause"]],
  [["provider", "resume", "simulated"], ["provider.resume"]],
  [["export", "--query", `{"toNumber":"${NUMBER}"}`], ["calls.export"]],
  [["import", "-", "--format", "json"], ["calls.import"]],
];

describe("a command on the machine", () => {
  test.each(COMMANDS)("%j has its line, by the user of the machine", async (command, acts) => {
    const argv = command.map((word) => (word === "ID" ? project._id : word));
    const { exitCode, stderr } = await cli.run(argv, { stdin: ["[]"] });
    expect([exitCode, stderr.replaceAll(/^.*(exported|keep it|imported).*$/gm, "")]).toEqual([
      0,
      expect.any(String),
    ]);
    const { data } = await trail("--installation", "--limit", "1");
    expect(data.map(({ act }) => act)).toEqual(acts);
    expect(data[0]).toMatchObject({
      actor: { kind: "command-line", id: userInfo().username },
      result: "done",
    });
    expect(data[0]).not.toHaveProperty("scopes");
    expect(JSON.stringify(data)).not.toMatch(/cl_[\w-]{20}/);
  });

  test("names what an export asked for, not the values, and what an import did", async () => {
    const { data } = await trail("--act", "calls.export", "--act", "calls.import");
    expect(data.map(({ act, facts }) => [act, facts])).toEqual([
      ["calls.import", { from: 1, imported: 0, present: 0, refused: 0 }],
      ["calls.export", { format: "jsonl", filteredBy: ["toNumber"] }],
    ]);
  });
});

describe("audit", () => {
  test("shows a table for people", async () => {
    const { stdout } = await cli.run(["audit", "--act", "project.update"]);
    expect(stdout).toMatch(/^TIME +WHO +FROM WHERE +WHAT +TARGET +CHANGES\n/);
    expect(stdout).toContain(`command line of ${userInfo().username}`);
    expect(stdout).toContain("retentionDays: - → 30");
  });

  test("goes on page by page, and filters by actor and target", async () => {
    const first = await trail("--limit", "2");
    expect(first.data).toHaveLength(2);
    const next = await trail("--limit", "2", "--cursor", first.nextCursor!);
    expect(next.data[0]).not.toEqual(first.data[0]);
    expect((await trail("--actor", "nobody")).count).toBe(0);
    expect((await trail("--target", NUMBER)).count).toBe(2);
    expect((await trail("--query", '{"act":"key.create"}')).count).toBe(1);
  });

  test.each([
    [["--act", "nonsense"], "--act: must be one of"],
    [["--query", "{"], "--query"],
    [["--query", '{"colour":1}'], 'there is no "colour"'],
    [["--limit", "0"], "--limit"],
  ])("%j is refused in words", async (options, text) => {
    const { exitCode, stderr } = await cli.run(["audit", ...options]);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(text)]);
  });
});
