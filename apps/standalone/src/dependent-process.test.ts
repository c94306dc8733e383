import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { waitFor } from "@call-log/testing";
import { expect, onTestFinished, test } from "vitest";

import { startDependent } from "./dependent-process.ts";
import { SLEEPING } from "./testing/sleeping-program.ts";

const OWNER = fileURLToPath(new URL("testing/dependent-parent.ts", import.meta.url));
const FROM_SOURCE = ["--import", "tsx", "--conditions=source"];

async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "call-log-dependent-"));
  onTestFinished(() => rm(folder, { recursive: true, maxRetries: 5 }));
  return folder;
}

/** Process id that the sleeping program wrote into its folder. */
async function pidIn(folder: string): Promise<number> {
  return waitFor(
    async () =>
      Number(await readFile(path.join(folder, "pid"), "utf8").catch(() => "")) || undefined,
    { describe: "the program" },
  );
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test.each(["SIGKILL", "SIGTERM", "SIGINT", "exit", "throw"])(
  "a program ends with its owner, whose end is %s",
  async (end) => {
    const folder = await freshFolder();
    const owner = spawn(process.execPath, [...FROM_SOURCE, OWNER, folder], {
      stdio: ["pipe", "ignore", "ignore"],
    });
    const ended = once(owner, "exit");
    const pid = await pidIn(folder);
    expect(isRunning(pid)).toBe(true);
    if (end.startsWith("SIG")) owner.kill(end as NodeJS.Signals);
    else owner.stdin.write(end);
    await ended;
    await waitFor(() => !isRunning(pid), { describe: "the end of the program" });
  },
);

test("a program whose shell is killed ends, too", async () => {
  const folder = await freshFolder();
  const { shell } = startDependent("/bin/sh", { ...SLEEPING, cwd: folder });
  const pid = await pidIn(folder);
  expect(isRunning(pid)).toBe(true);
  shell.kill("SIGKILL");
  await waitFor(() => !isRunning(pid), { describe: "the end of the program" });
});

test("a program that ends by itself ends its shell, with its exit code", async () => {
  const options = { args: ["-c", 'read -r code; exit "$code"'], cwd: "/", input: "3\n" };
  const { shell } = startDependent("/bin/sh", options);
  expect(await once(shell, "exit")).toEqual([3, null]);
});

test("a program that is killed on purpose is gone", async () => {
  const folder = await freshFolder();
  const { shell, kill } = startDependent("/bin/sh", { ...SLEEPING, cwd: folder });
  const pid = await pidIn(folder);
  kill();
  await once(shell, "exit");
  expect(isRunning(pid)).toBe(false);
});
