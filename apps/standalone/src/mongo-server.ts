import path from "node:path";

import {
  DataDamagedError,
  DataFolderInUseError,
  DataMissingError,
  startEmbeddedMongo,
  type EmbeddedMongo,
} from "@call-log/embedded-mongo";
import { StartError } from "@call-log/runtime";

import type { BackingServer } from "./backing-server.ts";
import { chooseEngine, type DatabaseEngine } from "./choose-engine.ts";
import type { StandaloneConfig } from "./config.ts";
import { heldDatabase } from "./data-folder.ts";
import { findMongod, spawnMongod } from "./mongod-process.ts";
import { newPassword } from "./new-password.ts";

/** User of the embedded server. Its password is another one at each start; `standalone.json` has it. */
const USERNAME = "call-log";

/** A server for the data, and what to mark `DATA_DIR` with if they are in there. */
export interface DatabaseServer extends BackingServer {
  engine?: DatabaseEngine;
}

/**
 * The MongoDB that is configured, else the database that holds the installation in `DATA_DIR`. A new installation gets a `mongod` that is
 * found on PATH, with its data in `DATA_DIR/mongod`, or the embedded one, with its data in `DATA_DIR/mongo`.
 */
export async function openMongo(
  config: StandaloneConfig,
  findProgram = findMongod,
): Promise<DatabaseServer> {
  const { DATA_DIR: dataDir, DATABASE_ENGINE: wanted } = config;
  if (config.MONGODB_URI !== undefined)
    return { uri: config.MONGODB_URI, label: "MONGODB_URI", close: async () => {} };
  const held = await heldDatabase(dataDir);
  const choice = chooseEngine({ dataDir, wanted, held, mongod: await findProgram() });
  if (choice.engine === "mongod") {
    const server = await spawnMongod(choice.binary, { dataDir, mustHaveData: held !== undefined });
    return { ...server, engine: "mongod" };
  }
  const server = await openEmbedded(dataDir, held !== undefined);
  const label = choice.note === undefined ? "embedded" : `embedded (${choice.note})`;
  return { uri: server.uri, label, engine: "embedded", close: () => server.close() };
}

async function openEmbedded(folder: string, mustHaveData: boolean): Promise<EmbeddedMongo> {
  const dataDir = path.join(folder, "mongo");
  try {
    const credentials = { username: USERNAME, password: newPassword() };
    return await startEmbeddedMongo({ dataDir, credentials, mustHaveData });
  } catch (error) {
    if (error instanceof DataMissingError)
      throw new StartError(
        `DATA_DIR: ${error.message}, but ${folder} held an installation; restore it from a backup, or set DATA_DIR to an empty folder for a new one`,
        { cause: error },
      );
    if (error instanceof DataFolderInUseError || error instanceof DataDamagedError)
      throw new StartError(`DATA_DIR: ${error.message}`, { cause: error });
    throw error;
  }
}
