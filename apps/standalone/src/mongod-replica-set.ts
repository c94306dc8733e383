import { MongoClient, MongoServerError, type Document } from "mongodb";

import type { MongodAccess } from "./mongod-files.ts";

/** Name of the replica set of one, and of its only user. */
export const NAME = "call-log";

const AUTHENTICATION_FAILED = 18;
const CONNECT_WITHIN_MS = 30_000;

/** Address of a mongod for the driver, with the password. */
export function mongodUri({ port, password }: MongodAccess): string {
  return `mongodb://${NAME}:${password}@127.0.0.1:${port}/?directConnection=true&authSource=admin`;
}

/**
 * Make a mongod ready for use: initiate its replica set and create the user, each unless it was done before, and wait until it takes
 * writes. A mongod without users takes both from loopback.
 */
export async function openReplicaSet(access: MongodAccess, signal: AbortSignal): Promise<void> {
  const address = `127.0.0.1:${access.port}`;
  await withAdmin(`mongodb://${address}/?directConnection=true`, async (command) => {
    const greeting = await command({ hello: 1 });
    if (greeting["setName"] === undefined)
      await command({ replSetInitiate: { _id: NAME, members: [{ _id: 0, host: address }] } });
    await untilWritable(command, signal);
    if (await signsIn(access)) return;
    await command({ createUser: NAME, pwd: access.password, roles: ["root"] });
  });
  await withAdmin(mongodUri(access), (command) => command({ ping: 1 }));
}

/** Ask a mongod to end in order; false when it can't be asked. */
export async function shutDownMongod(access: MongodAccess): Promise<boolean> {
  try {
    // The primary of a set of one has nobody to hand over to, which it refuses unless it is forced.
    await withAdmin(mongodUri(access), (command) => command({ shutdown: 1, force: true }), 2000);
    return true;
  } catch (error) {
    // The answer is the end of the connection.
    return !(error instanceof MongoServerError) && isConnectionEnd(error);
  }
}

type Command = (command: Document) => Promise<Document>;

async function withAdmin<T>(
  uri: string,
  act: (command: Command) => Promise<T>,
  withinMs = CONNECT_WITHIN_MS,
): Promise<T> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: withinMs, maxPoolSize: 1 });
  try {
    return await act((command) => client.db("admin").command(command));
  } finally {
    await client.close();
  }
}

async function untilWritable(command: Command, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    if ((await command({ hello: 1 }))["isWritablePrimary"] === true) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function signsIn(access: MongodAccess): Promise<boolean> {
  try {
    await withAdmin(mongodUri(access), (command) => command({ ping: 1 }));
    return true;
  } catch (error) {
    if (error instanceof MongoServerError && error.code === AUTHENTICATION_FAILED) return false;
    throw error;
  }
}

function isConnectionEnd(error: unknown): boolean {
  return error instanceof Error && error.name === "MongoNetworkError";
}
