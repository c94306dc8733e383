import { readFile } from "node:fs/promises";
import path from "node:path";

import { createCallLogClient } from "@call-log/client";
import { waitFor } from "@call-log/testing";
import { expect, test } from "vitest";

import { standInFolder } from "../src/testing/stand-in-path.ts";
import { freshFolder, pathWithout, startProcess } from "./standalone-process.ts";

const key = "bootstrap-key-of-the-test";

test("a mongod on PATH keeps the calls, ends with its parent, and has them at the next start", async () => {
  await using folder = await freshFolder();
  await using standIn = await standInFolder();
  const search = process.env["PATH"] ?? "";
  const settings = { BOOTSTRAP_API_KEY: key, DATABASE_ENGINE: "" };
  const withMongod = { ...settings, PATH: `${standIn.path}${path.delimiter}${search}` };
  await using first = startProcess(folder.path, withMongod);
  const { url, mongodbUri } = await first.ready();
  expect(first.output()).toMatch(/MongoDB +mongod\n/);
  const request = { toNumber: "+15550100100", say: "The database is down." };
  const { _id: id } = await createCallLogClient({ url, apiKey: key }).calls.dispatch.mutate(
    request,
  );
  const mongod = Number(await readFile(path.join(folder.path, "mongod", "data", "pid"), "utf8"));
  await first.end("SIGKILL");
  await waitFor(() => !isRunning(mongod), { describe: "the end of the mongod" });

  await using second = startProcess(folder.path, withMongod);
  const again = await second.ready();
  expect(again.mongodbUri).toBe(mongodbUri);
  const client = createCallLogClient({ url: again.url, apiKey: key });
  expect(await client.callLog.getItem.query({ id })).toMatchObject({ _id: id });
  expect(await second.end("SIGTERM")).toBe(0);

  await using third = startProcess(folder.path, { ...settings, PATH: pathWithout("mongod") });
  expect(await third.ended).not.toBe(0);
  expect(third.errors()).toContain("holds the data of a mongod, but PATH has no mongod");
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
