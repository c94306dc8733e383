import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, rename, stat, writeFile } from "node:fs/promises";
import path from "node:path";

import { z } from "zod";

import { CliError } from "../cli-error.ts";

/** Name of the file that says what a backup holds; a folder without it is no whole backup. */
const MANIFEST = "manifest.json";
const FORMAT = 1;

const backupFile = z.object({
  path: z.string().regex(/^(?:[a-z0-9-]+\/)?[a-z0-9-]+\.[a-z]+$/),
  bytes: z.number(),
  sha256: z.string(),
});

/** What a backup holds: its files with their checksums, and how many documents its collections have. */
export const backupManifest = z.object({
  format: z.number().int(),
  /** The release that made it. */
  callLog: z.string(),
  /** Before the first byte was read. */
  backupAt: z.iso.datetime(),
  files: z.array(backupFile).min(1),
  documents: z.record(z.string(), z.number()),
});

/** What a backup holds. */
export type BackupManifest = z.output<typeof backupManifest>;

/** Write the manifest of a folder whose files are all there. */
export async function writeManifest(
  folder: string,
  { files, ...facts }: Omit<BackupManifest, "format" | "files"> & { files: readonly string[] },
): Promise<BackupManifest> {
  const described = await Promise.all(files.map((file) => describe(folder, file)));
  const manifest = { format: FORMAT, ...facts, files: described };
  const file = path.join(folder, MANIFEST);
  await writeFile(`${file}.part`, `${JSON.stringify(manifest, null, 2)}\n`, {
    mode: 0o600,
    flush: true,
  });
  await rename(`${file}.part`, file);
  return manifest;
}

/** Read the manifest of a backup and compare every file with it; an error names the first file that differs. */
export async function checkBackup(folder: string): Promise<BackupManifest> {
  const manifest = await readManifest(folder);
  for (const wanted of manifest.files) {
    const found = await describe(folder, wanted.path).catch((error: NodeJS.ErrnoException) => {
      throw new CliError(`${folder} is damaged: ${wanted.path} can't be read: ${error.code}`, {
        cause: error,
      });
    });
    if (found.bytes !== wanted.bytes || found.sha256 !== wanted.sha256)
      throw new CliError(`${folder} is damaged: ${wanted.path} is not what the manifest says`);
  }
  return manifest;
}

async function readManifest(folder: string): Promise<BackupManifest> {
  const file = path.join(folder, MANIFEST);
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new CliError(
      `${folder} is no whole backup of call-log: ${MANIFEST} can't be read: ${error.code}`,
      { cause: error },
    );
  });
  const parsed = backupManifest.safeParse(jsonOf(text));
  if (!parsed.success) throw new CliError(`${file} is not what call-log writes`);
  if (parsed.data.format > FORMAT)
    throw new CliError(`${file} has format ${parsed.data.format}; this release knows ${FORMAT}`);
  return parsed.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function describe(folder: string, file: string): Promise<z.output<typeof backupFile>> {
  const place = path.join(folder, file);
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(place)) hash.update(chunk as Buffer);
  return { path: file, bytes: (await stat(place)).size, sha256: hash.digest("hex") };
}
