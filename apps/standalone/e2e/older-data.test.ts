import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { gunzipSync } from "node:zlib";

import { createCallLogClient, waitForEnd } from "@call-log/client";
import { expect, test } from "vitest";
import { z } from "zod";

import { COMPRESSED_TIME, freshFolder, startProcess } from "./standalone-process.ts";

/**
 * A data folder that version 0.1.0 left behind when it was killed (commit 4ac63c5): 94 call logs in all statuses that
 * the simulated provider leads to, and what that version answered about them.
 */
const OLDER = path.join(import.meta.dirname, "data-folder-of-0.1.0");
const KEY = "bootstrap-key-of-the-test";

const expected = z.object({
  total: z.number(),
  counts: z.record(z.string(), z.number()),
  items: z.array(z.looseObject({ _id: z.string() })),
});

async function unpacked(file: string): Promise<Buffer> {
  return gunzipSync(await readFile(path.join(OLDER, `${file}.gz`)));
}

async function unpackInto(folder: string): Promise<void> {
  await mkdir(path.join(folder, "mongo"), { mode: 0o700 });
  await writeFile(path.join(folder, "mongo", "journal.log"), await unpacked("journal.log"), {
    mode: 0o600,
  });
  await copyFile(path.join(OLDER, "installation.json"), path.join(folder, "installation.json"));
}

test("the data folder of the version before is opened, and nothing in it has changed its meaning", async () => {
  const { total, counts, items } = expected.parse(
    JSON.parse((await unpacked("expected.json")).toString()),
  );
  await using folder = await freshFolder();
  await unpackInto(folder.path);
  const clientOf = async (product: ReturnType<typeof startProcess>) =>
    createCallLogClient({ url: (await product.ready()).url, apiKey: KEY });
  const settings = { ...COMPRESSED_TIME, BOOTSTRAP_API_KEY: KEY };

  await using first = startProcess(folder.path, settings);
  const client = await clientOf(first);
  const select = Object.fromEntries(Object.keys(items[0]!).map((field) => [field, true]));
  for (const item of items)
    expect(await client.callLog.getItem.query({ id: item._id, select })).toStrictEqual(item);
  for (const [status, count] of Object.entries(counts))
    expect(await client.callLog.count.query({ query: { status } })).toStrictEqual({ count });
  expect(await client.callLog.count.query({})).toStrictEqual({ count: total });

  const { _id } = await client.calls.dispatch.mutate({ toNumber: "+15550200001", say: "Now." });
  const { status } = await waitForEnd(client, _id, { timeoutSeconds: 60 });
  expect(status).toBe("Completed");
  await first.end("SIGKILL");

  await using second = startProcess(folder.path, settings);
  const again = await clientOf(second);
  expect(await again.callLog.count.query({})).toStrictEqual({ count: total + 1 });
});
