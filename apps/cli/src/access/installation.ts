import { readFile } from "node:fs/promises";
import path from "node:path";

import { STANDALONE_FILE, standaloneAddress, type StandaloneAddress } from "@call-log/model";

import { CliError } from "../cli-error.ts";
import type { CliSettings } from "../config.ts";

/** Where the data, the queue and the api of an installation are, as far as it is known. */
export interface Installation {
  mongodbUri: string;
  redisUrl: string | undefined;
}

/** The installation that MONGODB_URI names, else the standalone process that runs on DATA_DIR. */
export async function findInstallation(settings: CliSettings): Promise<Installation> {
  const { MONGODB_URI: mongodbUri, REDIS_URL, DATA_DIR } = settings;
  if (mongodbUri !== undefined) return { mongodbUri, redisUrl: REDIS_URL };
  const running = await findStandalone(DATA_DIR);
  if (running !== undefined) return running;
  throw new CliError(
    `MONGODB_URI is not set, and no call-log runs on DATA_DIR ${DATA_DIR}; start it with: call-log start, or npm start in the checkout`,
  );
}

/** The standalone process that runs on a data folder, or undefined. A file left by a dead process is reported as such. */
export async function findStandalone(dataDir: string): Promise<StandaloneAddress | undefined> {
  const file = path.join(dataDir, STANDALONE_FILE);
  const address = await readAddress(file);
  if (address === undefined || isAlive(address.pid)) return address;
  throw new CliError(
    `${file} is stale: its process ${address.pid} is gone; start it again with: call-log start, or npm start in the checkout`,
  );
}

async function readAddress(file: string): Promise<StandaloneAddress | undefined> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw new CliError(`${file} can't be read: ${error.code ?? error.message}`, { cause: error });
  });
  if (text === undefined) return undefined;
  try {
    return standaloneAddress.parse(JSON.parse(text));
  } catch (error) {
    throw new CliError(
      `${file} is not what call-log writes; start it again with: call-log start, or npm start in the checkout`,
      {
        cause: error,
      },
    );
  }
}

// Signal 0 only asks; EPERM means that it is there and belongs to somebody else.
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
