import { mkdir, open, stat, writeFile } from "node:fs/promises";
import path from "node:path";

import { createCallLogClient } from "@call-log/client";
import { isFinalStatus } from "@call-log/model";
import { readLedger } from "@call-log/provider";
import { waitFor } from "@call-log/testing";
import { expect, test } from "vitest";

import { runInTest } from "../../cli/src/testing/cli-on.ts";
import { COMPRESSED_TIME, freshFolder, startProcess } from "./standalone-process.ts";

const KEY = "bootstrap-key-of-the-test";
const SETTINGS = { ...COMPRESSED_TIME, BOOTSTRAP_API_KEY: KEY };

async function clientOf(product: ReturnType<typeof startProcess>) {
  return createCallLogClient({ url: (await product.ready()).url, apiKey: KEY });
}

async function cli(argv: string[], dataDir: string) {
  return runInTest(argv, { environment: { DATA_DIR: dataDir } });
}

/** Damage a file so that it is as long as before. */
async function changeByte(name: string): Promise<void> {
  await using file = await open(name, "r+");
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, 0);
  await file.write(Buffer.of(buffer.readUInt8() ^ 1), 0, 1, 0);
}

/** How often the carrier placed each attempt. */
async function placements(dataDir: string): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { attemptId } of await readLedger(dataDir))
    counts.set(attemptId, (counts.get(attemptId) ?? 0) + 1);
  return counts;
}

test("a restored installation dials no call again that was dialled after the backup", async () => {
  await using folder = await freshFolder();
  const dataDir = path.join(folder.path, "data");
  const copy = path.join(folder.path, "backup");
  const ids: string[] = [];
  let scheduled = "";
  {
    await using product = startProcess(dataDir, SETTINGS);
    const client = await clientOf(product);
    const soon = new Date(Date.now() + 5000).toISOString();
    const say = "The database is down.";
    const retry = { maxAttempts: 3, backoff: { type: "fixed", delaySeconds: 3 } } as const;
    const requests = [
      ...Array.from({ length: 6 }, () => ({ toNumber: "+15550100100", say, scheduledAt: soon })),
      // Busy at each attempt: what is planned when the backup is made is dialled after it, and once more.
      ...Array.from({ length: 3 }, () => ({ toNumber: "+15550100110", say, retry })),
    ];
    for (const request of requests) ids.push((await client.calls.dispatch.mutate(request))._id);
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
    const later = { toNumber: "+15550100100", say, scheduledAt: inAnHour };
    scheduled = (await client.calls.dispatch.mutate(later))._id;
    expect(await cli(["backup", copy], dataDir)).toMatchObject({ exitCode: 0, stderr: "" });
    const backedUp = await placements(dataDir);
    await waitFor(async () => (await placements(dataDir)).size >= 15, {
      describe: "6 calls and 9 attempts of the busy ones",
    });
    expect(backedUp.size).toBeLessThan(10);
    await product.end("SIGKILL");
  }

  expect(await cli(["restore", copy], dataDir)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining("is not empty"),
  });
  expect(await cli(["restore", copy, "--force"], dataDir)).toMatchObject({
    exitCode: 0,
    stderr: "",
  });

  await using product = startProcess(dataDir, SETTINGS);
  const client = await clientOf(product);
  const select = { status: true, attempts: true };
  const read = (id: string) => client.callLog.getItem.query({ id, select });
  await waitFor(
    async () => {
      const items = await Promise.all(ids.map(read));
      return items.every((item) => isFinalStatus(item?.status ?? ""));
    },
    { describe: "the log to agree with the carrier" },
  );
  const items = await Promise.all(ids.map(read));
  expect(items.map((item) => item?.status)).toEqual([
    ...Array.from({ length: 6 }, () => "Completed"),
    ...Array.from({ length: 3 }, () => "Busy"),
  ]);
  const placed = await readLedger(dataDir);
  expect(placed).toHaveLength(15);
  const bound = items.flatMap((item) => item?.attempts?.map((attempt) => attempt.providerCallId));
  expect(bound).toHaveLength(15);
  expect(new Set(bound)).toEqual(new Set(placed.map((call) => call.providerCallId)));
  expect((await read(scheduled))?.status).toBe("Scheduled");
});

test("a backup that is damaged, half made or in use is refused, and nothing is changed", async () => {
  await using folder = await freshFolder();
  const [dataDir, copy] = [path.join(folder.path, "data"), path.join(folder.path, "backup")];
  const refusal = async (argv: string[]) => {
    const { exitCode, stderr } = await cli(argv, dataDir);
    expect(exitCode).toBe(1);
    return stderr;
  };
  expect(await refusal(["backup", copy])).toContain("has no embedded database");
  await using product = startProcess(dataDir, SETTINGS);
  await product.ready();
  expect(await cli(["backup", copy], dataDir)).toMatchObject({ exitCode: 0, stderr: "" });
  expect(await refusal(["backup", copy])).toContain("is not empty");
  expect(await refusal(["restore", copy, "--force"])).toContain("stop it first");
  expect(await cli(["backup", copy, "--verify"], dataDir)).toMatchObject({
    exitCode: 0,
    stderr: "",
  });
  for (const [name, mode] of [
    ["", 0o700],
    ["manifest.json", 0o600],
    ["mongo/data.mdb", 0o600],
  ] as const)
    expect((await stat(path.join(copy, name))).mode & 0o777).toBe(mode);
  await changeByte(path.join(copy, "mongo", "data.mdb"));
  expect(await refusal(["backup", copy, "--verify"])).toContain("mongo/data.mdb is not what");
  const half = path.join(folder.path, "half");
  await mkdir(half);
  await writeFile(path.join(half, "manifest.json"), "{}");
  expect(await refusal(["restore", half, "--force"])).toContain("is not what call-log writes");
});
