import { chmod, copyFile, mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";

import { DataFolderInUseError, lockDataFolder } from "@call-log/embedded-mongo";

import { CliError } from "../cli-error.ts";
import { type BackupManifest, checkBackup } from "./backup-manifest.ts";
import { EMBEDDED, exists, namesIn } from "./embedded-folder.ts";

/** Names in `DATA_DIR` that make room for the backup; the queues and the simulated carrier's list stay. */
const REPLACED = ["mongo", "mongod", EMBEDDED.mark];

/** What a restore did. */
export interface Restored {
  manifest: BackupManifest;
  /** Where what was there before is now. */
  kept: string[];
}

/** Put a backup into a data folder on which no process runs. A folder that is not empty is refused, unless `force` moves what is there aside. */
export async function restoreBackup(
  backup: string,
  dataDir: string,
  { force }: { force: boolean },
): Promise<Restored> {
  const manifest = await checkBackup(backup);
  if ((await namesIn(dataDir)).length > 0 && !force)
    throw new CliError(
      `DATA_DIR: ${dataDir} is not empty; name another folder, or move what is there aside with --force`,
    );
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await assertUnused(path.join(dataDir, EMBEDDED.folder));
  const arrived = path.join(dataDir, "restoring");
  await rm(arrived, { recursive: true, force: true });
  await copyAll(backup, arrived, manifest);
  const kept = await moveAside(dataDir);
  await rename(path.join(arrived, EMBEDDED.folder), path.join(dataDir, EMBEDDED.folder));
  if (await exists(path.join(arrived, EMBEDDED.mark)))
    await rename(path.join(arrived, EMBEDDED.mark), path.join(dataDir, EMBEDDED.mark));
  await rm(arrived, { recursive: true });
  return { manifest, kept };
}

async function assertUnused(folder: string): Promise<void> {
  if (!(await exists(folder))) return;
  try {
    await (await lockDataFolder(folder)).release();
  } catch (error) {
    if (!(error instanceof DataFolderInUseError)) throw error;
    throw new CliError(`DATA_DIR: ${error.message}; stop it first`, { cause: error });
  }
}

async function copyAll(backup: string, target: string, { files }: BackupManifest): Promise<void> {
  for (const { path: file } of files) {
    const place = path.join(target, file);
    await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
    await copyFile(path.join(backup, file), place);
    await chmod(place, 0o600);
  }
}

async function moveAside(dataDir: string): Promise<string[]> {
  const suffix = new Date().toISOString().replaceAll(":", "-");
  const kept: string[] = [];
  for (const name of REPLACED) {
    const place = path.join(dataDir, name);
    if (!(await exists(place))) continue;
    await rename(place, `${place}.before-${suffix}`);
    kept.push(`${place}.before-${suffix}`);
  }
  return kept;
}
