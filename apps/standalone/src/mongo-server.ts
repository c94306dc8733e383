import path from "node:path";

import {
  DataFolderInUseError,
  JournalCorruptError,
  startEmbeddedMongo,
  type EmbeddedMongo,
} from "@call-log/embedded-mongo";
import { StartError } from "@call-log/runtime";

import type { StandaloneConfig } from "./config.ts";
import { newPassword } from "./new-password.ts";

/** User of the embedded server. Its password is another one at each start; `standalone.json` has it. */
const USERNAME = "call-log";

/** A server that the product talks to, and how to stop it if it is ours. */
export interface BackingServer {
  uri: string;
  /** What it is, for the welcome text. */
  label: string;
  close(): Promise<void>;
}

/** The MongoDB that is configured, or an embedded one with its data in `DATA_DIR/mongo`. */
export async function openMongo(config: StandaloneConfig): Promise<BackingServer> {
  if (config.MONGODB_URI !== undefined)
    return { uri: config.MONGODB_URI, label: "MONGODB_URI", close: async () => {} };
  const server = await openEmbedded(path.join(config.DATA_DIR, "mongo"));
  return { uri: server.uri, label: "embedded", close: () => server.close() };
}

async function openEmbedded(dataDir: string): Promise<EmbeddedMongo> {
  try {
    const credentials = { username: USERNAME, password: newPassword() };
    return await startEmbeddedMongo({ dataDir, credentials });
  } catch (error) {
    if (error instanceof DataFolderInUseError || error instanceof JournalCorruptError)
      throw new StartError(`DATA_DIR: ${error.message}`, { cause: error });
    throw error;
  }
}
