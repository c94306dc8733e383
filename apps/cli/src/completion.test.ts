import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { describe, expect, onTestFinished, test } from "vitest";

import { COMMANDS } from "./commands/index.ts";
import { runInTest } from "./testing/cli-on.ts";

/** How each shell is asked what it offers after `$file` has been read, for the words of a line; the last one is being typed. */
const ASK = {
  bash: (words: string[]) =>
    `source "$0"; COMP_WORDS=(${quoted(words)}); COMP_CWORD=${words.length - 1}; _call_log; printf '%s\\n' "\${COMPREPLY[@]}"`,
  // The shell itself compares with what is typed.
  zsh: (words: string[]) =>
    `compdef() { :; }; compadd() { shift; print -l -- $@; }; words=(${quoted(words)}); CURRENT=${words.length}; source "$0"; _call_log`,
  fish: (words: string[]) => `source "$argv[1]"; complete -C ${quoted([words.join(" ")])}`,
} as const;

function quoted(words: string[]): string {
  return words.map((word) => `'${word}'`).join(" ");
}

const SHELLS = Object.keys(ASK) as (keyof typeof ASK)[];
const isHere = (shell: string) => spawnSync(shell, ["-c", "exit"]).status === 0;

/** What the shell offers for a line, without what it says of each. */
async function offered(shell: keyof typeof ASK, ...words: string[]): Promise<string[]> {
  const { stdout, exitCode } = await runInTest(["completion", shell]);
  expect(exitCode).toBe(0);
  const folder = await mkdtemp(path.join(tmpdir(), "call-log-completion-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = path.join(folder, "script");
  await writeFile(file, stdout);
  const asked = spawnSync(shell, ["-c", ASK[shell](words), file], { encoding: "utf8" });
  expect(asked.stderr).toBe("");
  return asked.stdout.split("\n").filter(Boolean);
}

test("bash completes on the machine of every developer", () => {
  expect(isHere("bash")).toBe(true);
});

describe.each(SHELLS)("%s", (shell) => {
  test.skipIf(!isHere(shell))(
    "offers commands, the commands of a group, and options, also after others",
    async () => {
      const first = COMMANDS.map(({ name }) => name.split(" ")[0]!);
      expect(await offered(shell, "call-log", "")).toEqual(expect.arrayContaining(first));
      const keys = await offered(shell, "call-log", "key", "");
      expect(keys.filter((word) => !word.startsWith("--")).toSorted()).toEqual([
        "create",
        "list",
        "revoke",
        "rotate",
      ]);
      const options = await offered(shell, "call-log", "dispatch", "--json", "--");
      expect(options).toEqual(expect.arrayContaining(["--to", "--say", "--wait", "--help"]));
      expect(options).not.toContain("dispatch");
    },
  );
});

test("bash offers what begins as typed, and file names where nothing does", async () => {
  expect(await offered("bash", "call-log", "do")).toEqual(["do-not-call", "doctor"]);
  expect(await offered("bash", "call-log", "import", "calls.c")).toEqual([]);
  expect((await runInTest(["completion", "bash"])).stdout).toContain("complete -o default ");
});

test("another shell is refused with those that are known", async () => {
  const { exitCode, stderr } = await runInTest(["completion", "tcsh"]);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining("bash, zsh, fish")]);
});
