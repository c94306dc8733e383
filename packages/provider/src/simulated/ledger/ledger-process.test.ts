import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { waitFor } from "@call-log/testing";
import { expect, onTestFinished, test } from "vitest";

import { readLedger } from "./ledger.ts";

const PROGRAM = fileURLToPath(new URL("../../testing/place-calls.ts", import.meta.url));

/** A process that places calls, and the ids that were acknowledged to it. */
function startPlacing(dataDir: string, label: string) {
  const args = ["--import", "tsx", "--conditions=source", PROGRAM, dataDir, label];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  return {
    acknowledged: () => output.split("\n").slice(0, -1),
    kill: async () => {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

test("killed processes that share a ledger leave every acknowledged call in it, once", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "ledger-process-"));
  const placers = [startPlacing(dataDir, "one"), startPlacing(dataDir, "two")];
  onTestFinished(async () => {
    for (const placer of placers) await placer.kill();
    rmSync(dataDir, { recursive: true });
  });
  const hasPlaced = (count: number) =>
    waitFor(() => placers.every((placer) => placer.acknowledged().length > count));
  await hasPlaced(50);
  await placers[0]!.kill();
  const survivor = placers[1]!;
  const countThen = survivor.acknowledged().length;
  await waitFor(() => survivor.acknowledged().length > countThen + 50);
  await survivor.kill();

  const inLedger = (await readLedger(dataDir)).map(({ providerCallId }) => providerCallId);
  const acknowledged = placers.flatMap((placer) => placer.acknowledged());
  expect(new Set(inLedger).size).toBe(inLedger.length);
  expect(new Set(inLedger)).toEqual(new Set([...inLedger, ...acknowledged]));
});
