import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { freePort, StartError } from "@call-log/runtime";
import { z } from "zod";

import { newPassword } from "./new-password.ts";

/** What a mongod is reached by. The port stays the same, since the replica set's configuration names it. */
const accessSchema = z.strictObject({ port: z.int(), password: z.string() });

/** Port and password of a mongod. */
export type MongodAccess = z.infer<typeof accessSchema>;

/** The files of a mongod under `DATA_DIR/mongod`. */
export interface MongodFiles {
  folder: string;
  /** The data. */
  dbPath: string;
  /** The key of the replica set, which turns access control on. */
  keyFile: string;
  /** The log of the last start. */
  logPath: string;
}

/** Where the files of a mongod are. */
export function mongodFiles(dataDir: string): MongodFiles {
  const folder = path.join(dataDir, "mongod");
  const inFolder = (name: string) => path.join(folder, name);
  return {
    folder,
    dbPath: inFolder("data"),
    keyFile: inFolder("key"),
    logPath: inFolder("mongod.log"),
  };
}

/** Make the folder, the key, the port and the password at the first start; read them at later ones. */
export async function prepareMongod({
  folder,
  dbPath,
  keyFile,
}: MongodFiles): Promise<MongodAccess> {
  await mkdir(dbPath, { recursive: true, mode: 0o700 });
  await writeOnce(keyFile, async () => randomBytes(96).toString("base64"));
  const accessFile = path.join(folder, "access.json");
  await writeOnce(accessFile, async () =>
    JSON.stringify({ port: await freePort(), password: newPassword() }),
  );
  const text = await readFile(accessFile, "utf8");
  try {
    return accessSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new StartError(`DATA_DIR: ${accessFile} is damaged; restore it from a backup`, {
      cause: error,
    });
  }
}

async function writeOnce(file: string, make: () => Promise<string>): Promise<void> {
  try {
    await writeFile(file, await make(), { mode: 0o600, flag: "wx", flush: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}
