import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";

import { expect, test, vi } from "vitest";

import { COMMANDS } from "./commands/index.ts";
import { type ServerCommand, SETTINGS_PAGE } from "./server-command.ts";
import { runInTest } from "./testing/cli-on.ts";

async function helpOf(...words: string[]): Promise<string> {
  const { exitCode, stdout } = await runInTest([...words, "--help"]);
  expect(exitCode).toBe(0);
  return stdout;
}

/** Sections of the program's own help, and the one of a group's. */
const SECTIONS = ["Calls", "Projects and keys", "Operation", "Commands"];

/** What a line of the help says of each name in a section of it. */
function described(help: string, section: string): Record<string, string> {
  const text = help.split(`${section}:\n`)[1]?.split("\n\n")[0]?.trimEnd() ?? "";
  const lines = text.replaceAll(/\n {10,}/g, " ").split("\n");
  return Object.fromEntries(
    lines.map((line) => {
      const [, name = "", description = ""] = /^ {2}(\S.*?)(?: {2,}(.*))?$/.exec(line) ?? [];
      return [name, description];
    }),
  );
}

const groups = [...new Set(COMMANDS.map(({ name }) => name.split(" ").slice(0, -1).join(" ")))];

test.each(groups)('every command that "%s --help" lists has a description', async (group) => {
  const words = group === "" ? [] : group.split(" ");
  const help = await helpOf(...words);
  const sections = SECTIONS.filter((section) => help.includes(`\n${section}:\n`));
  const commands = Object.assign({}, ...sections.map((section) => described(help, section)));
  expect(Object.keys(commands).length).toBeGreaterThan(1);
  expect(Object.entries(commands).filter(([, description]) => description === "")).toEqual([]);
});

test.each(COMMANDS.map(({ name }) => name))(
  "every option of %s has a description",
  async (name) => {
    const help = await helpOf(...name.split(" "));
    const options = described(help, "Options");
    expect(Object.keys(options)).toContain("-h, --help");
    const all = { ...options, ...(help.includes("Arguments:\n") && described(help, "Arguments")) };
    expect(Object.entries(all).filter(([, description]) => description === "")).toEqual([]);
  },
);

const SERVER: ServerCommand = {
  name: "start",
  summary: "Everything in one process",
  settings: { PORT: "where it listens" },
  run: async () => undefined,
};

test("the help has its commands in sections, servers first", async () => {
  const own = await helpOf();
  const sections = [...own.matchAll(/^(\S.*):\n/gm)].map(([, section]) => section);
  expect(sections).toEqual(["Options", ...SECTIONS.slice(0, -1)]);
  const { stdout } = await runInTest(["--help"], { servers: [SERVER] });
  expect(stdout.indexOf("Servers:\n  start ")).toBeGreaterThan(0);
  expect(stdout.indexOf("Servers:")).toBeLessThan(stdout.indexOf("Calls:"));
});

test("a server says which settings it has, and takes no options", async () => {
  const { stdout } = await runInTest(["start", "--help"], { servers: [SERVER] });
  expect(stdout).toContain("  PORT  where it listens\n");
  expect(stdout).toContain(SETTINGS_PAGE);
  const run = vi.fn<() => Promise<void>>(async () => undefined);
  const servers = [{ ...SERVER, run }];
  const wrong = await runInTest(["start", "--port", "3"], { servers });
  expect([wrong.exitCode, run.mock.calls.length]).toEqual([2, 0]);
  // The command line's own settings do not matter to it.
  const environment = { MONGODB_URI: "nonsense" };
  expect(await runInTest(["start"], { servers, environment })).toMatchObject({ exitCode: 0 });
  expect(run).toHaveBeenCalledOnce();
});

test("the settings page that a server names is there", () => {
  const [, page] = SETTINGS_PAGE.split("/blob/main/");
  expect(existsSync(new URL(`../../../${page}`, import.meta.url))).toBe(true);
});

test("--version tells the release of the package", async () => {
  const file = await readFile(new URL("../package.json", import.meta.url), "utf8");
  const { version } = JSON.parse(file) as { version: string };
  expect(await runInTest(["--version"])).toEqual({
    exitCode: 0,
    stdout: `${version}\n`,
    stderr: "",
  });
});
