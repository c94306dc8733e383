import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import { copyDataFile, startEmbeddedMongo } from "@call-log/embedded-mongo";
import { RELEASE_VERSION } from "@call-log/model";
import { type DocumentCounts, sealBackup } from "@call-log/store";

import { CliError } from "../cli-error.ts";
import { type BackupManifest, writeManifest } from "./backup-manifest.ts";
import { DATABASE, EMBEDDED, markOf, namesIn } from "./embedded-folder.ts";

/** Longer than a copy is open. */
const NO_SWEEP_MS = 2 ** 31 - 1;

/** Copy the embedded database in a data folder into an empty folder, also while a process runs on it. */
export async function makeBackup(dataDir: string, target: string): Promise<BackupManifest> {
  if ((await namesIn(target)).length > 0)
    throw new CliError(`${target} is not empty; name a new folder`);
  await mkdir(target, { recursive: true, mode: 0o700 });
  // What is dialled from here on, the copy may not know.
  const backupAt = new Date();
  const copy = path.join(target, EMBEDDED.folder);
  await copyDataFile(path.join(dataDir, EMBEDDED.folder), copy);
  const documents = await sealed(copy, backupAt);
  const mark = await markOf(dataDir);
  if (mark !== undefined)
    await writeFile(path.join(target, EMBEDDED.mark), mark, { mode: 0o600, flush: true });
  const files = mark === undefined ? [EMBEDDED.data] : [EMBEDDED.data, EMBEDDED.mark];
  const facts = { callLog: RELEASE_VERSION, backupAt: backupAt.toISOString(), documents };
  return writeManifest(target, { ...facts, files });
}

// Opening it shows that it is whole.
async function sealed(copy: string, backupAt: Date): Promise<DocumentCounts> {
  const server = await startEmbeddedMongo({
    dataDir: copy,
    mustHaveData: true,
    ttlSweepMs: NO_SWEEP_MS,
  });
  try {
    return await sealBackup(server.uri, { databaseName: DATABASE, backupAt });
  } finally {
    await server.close();
    for (const lock of ["lock.mdb", "owner.mdb", "owner.mdb-lock"])
      await rm(path.join(copy, lock), { force: true });
  }
}
