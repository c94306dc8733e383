import path from "node:path";

import {
  DataFolderInUseError,
  JournalCorruptError,
  JournalEmptyError,
  startEmbeddedMongo,
  type EmbeddedMongo,
} from "@call-log/embedded-mongo";
import { StartError } from "@call-log/runtime";

import type { StandaloneConfig } from "./config.ts";
import { heldInstallation } from "./data-folder.ts";
import { newPassword } from "./new-password.ts";

/** User of the embedded server. Its password is another one at each start; `standalone.json` has it. */
const USERNAME = "call-log";

/** A server that the product talks to, and how to stop it if it is ours. */
export interface BackingServer {
  uri: string;
  /** What it is, for the welcome text. */
  label: string;
  /** How many dispatch jobs it may hold at a time, if it is a Redis that gets slow with many. */
  maxDispatchJobs?: number;
  /** How many jobs of a kind are worked on at a time, if it is a Redis that shares the processor with them. */
  maxConcurrency?: number;
  close(): Promise<void>;
}

/** The MongoDB that is configured, or an embedded one with its data in `DATA_DIR/mongo`. */
export async function openMongo(config: StandaloneConfig): Promise<BackingServer> {
  if (config.MONGODB_URI !== undefined)
    return { uri: config.MONGODB_URI, label: "MONGODB_URI", close: async () => {} };
  const server = await openEmbedded(config.DATA_DIR);
  return { uri: server.uri, label: "embedded", close: () => server.close() };
}

async function openEmbedded(folder: string): Promise<EmbeddedMongo> {
  const dataDir = path.join(folder, "mongo");
  const mustHaveData = await heldInstallation(folder);
  try {
    const credentials = { username: USERNAME, password: newPassword() };
    return await startEmbeddedMongo({ dataDir, credentials, mustHaveData });
  } catch (error) {
    if (error instanceof JournalEmptyError)
      throw new StartError(
        `DATA_DIR: ${error.message}, but ${folder} held an installation; restore it from a backup, or set DATA_DIR to an empty folder for a new one`,
        { cause: error },
      );
    if (error instanceof DataFolderInUseError || error instanceof JournalCorruptError)
      throw new StartError(`DATA_DIR: ${error.message}`, { cause: error });
    throw error;
  }
}
