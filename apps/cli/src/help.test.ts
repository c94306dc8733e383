import { readFile } from "node:fs/promises";

import { expect, test } from "vitest";

import { COMMANDS } from "./commands/index.ts";
import { runInTest } from "./testing/cli-on.ts";

async function helpOf(...words: string[]): Promise<string> {
  const { exitCode, stdout } = await runInTest([...words, "--help"]);
  expect(exitCode).toBe(0);
  return stdout;
}

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
  const commands = described(await helpOf(...words), "Commands");
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

test("--version tells the release of the package", async () => {
  const file = await readFile(new URL("../package.json", import.meta.url), "utf8");
  const { version } = JSON.parse(file) as { version: string };
  expect(await runInTest(["--version"])).toEqual({
    exitCode: 0,
    stdout: `${version}\n`,
    stderr: "",
  });
});
