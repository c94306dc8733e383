import { randomUUID } from "node:crypto";

import { startEmbeddedMongo } from "@call-log/embedded-mongo";
import { MongoClient } from "mongodb";

import { shareServer } from "./shared-server.ts";
import { keepFeatures } from "./suite-features.ts";

/** An empty database of a test's own. */
export interface FreshDatabase {
  uri: string;
  databaseName: string;
  /** Drop the database, and stop the server if this was its last database. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

// Other servers of this process, such as those of the embedded MongoDB's own tests, do not count.
const embedded = shareServer(async () => {
  const features = keepFeatures();
  const server = await startEmbeddedMongo({});
  const close = async () => {
    await server.close();
    features.stop();
  };
  return { uri: server.uri, close };
});

/** An empty database on the server of MONGODB_URI, else on an embedded one in memory. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const uri = process.env["MONGODB_URI"];
  return uri === undefined ? freshEmbeddedDatabase() : databaseOn(uri, async () => {});
}

/** An empty database on an embedded server in memory, whatever MONGODB_URI says. */
export async function freshEmbeddedDatabase(): Promise<FreshDatabase> {
  const { uri } = await embedded.acquire();
  return databaseOn(uri, embedded.release);
}

function databaseOn(uri: string, release: () => Promise<void>): FreshDatabase {
  const databaseName = `test-${randomUUID()}`;
  const close = async () => {
    await dropDatabase(uri, databaseName);
    await release();
  };
  return { uri, databaseName, close, [Symbol.asyncDispose]: close };
}

async function dropDatabase(uri: string, databaseName: string): Promise<void> {
  const client = new MongoClient(uri);
  try {
    await client.db(databaseName).dropDatabase();
  } finally {
    await client.close();
  }
}
