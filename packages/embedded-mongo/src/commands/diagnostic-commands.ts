import { hostname } from "node:os";

import { Binary, type Document } from "bson";

import type { Collection } from "../collection.ts";
import type { CommandContext, CommandReply } from "../command-context.ts";
import { namespaceOf } from "../command-fields.ts";
import { CommandError } from "../errors.ts";
import { SCRAM_SHA_256 } from "./sasl-commands.ts";

/** Answers that the server is there. */
export function ping(): CommandReply {
  return {};
}

/** Tells the version of MongoDB that this server follows, and that it is another program. */
export function buildInfo(): CommandReply {
  return {
    version: "7.0.0",
    versionArray: [7, 0, 0, 0],
    gitVersion: "call-log-embedded-mongo",
    modules: ["call-log-embedded-mongo"],
    storageEngines: ["call-log-journal"],
    bits: 64,
    debug: false,
    maxBsonObjectSize: 16 * 1024 * 1024,
  };
}

/** Tells who has signed in. */
export function connectionStatus({ client: { username } }: CommandContext): CommandReply {
  const authenticatedUsers = username === undefined ? [] : [{ user: username, db: "admin" }];
  return { authInfo: { authenticatedUsers, authenticatedUserRoles: [] } };
}

/** Returns the few parameters that tools ask for. */
export function getParameter({ command, findCredential }: CommandContext): CommandReply {
  const parameters: Document = {
    featureCompatibilityVersion: { version: "7.0" },
    authenticationMechanisms: findCredential === undefined ? [] : [SCRAM_SHA_256],
  };
  if (command["getParameter"] === "*") return parameters;
  const names = Object.keys(parameters).filter((name) => name in command);
  if (names.length === 0) throw new CommandError("InvalidOptions", "no option found to get");
  return Object.fromEntries(names.map((name) => [name, parameters[name] as unknown]));
}

/** Describes the machine. */
export function hostInfo({ now }: CommandContext): CommandReply {
  return {
    system: { currentTime: now(), hostname: hostname() },
    os: { type: process.platform, name: process.platform },
    extra: {},
  };
}

/** Tells how the server does. */
export function serverStatus({
  catalog,
  counters,
  cursors,
  now,
  startedAt,
}: CommandContext): CommandReply {
  const uptimeMillis = now().getTime() - startedAt.getTime();
  return {
    host: hostname(),
    version: "7.0.0",
    process: "call-log-embedded-mongo",
    pid: process.pid,
    uptime: Math.floor(uptimeMillis / 1000),
    uptimeMillis,
    localTime: now(),
    connections: { current: counters.connections, totalCreated: counters.totalConnections },
    opcounters: { command: counters.commands },
    metrics: { cursor: { open: { total: cursors.size } } },
    catalogStats: { collections: catalog.collections.length },
    mem: { resident: Math.round(process.memoryUsage.rss() / 2 ** 20) },
  };
}

/** Tells the size of a collection. */
export function collStats(context: CommandContext): CommandReply {
  const namespace = namespaceOf(context);
  const collection = context.catalog.find(namespace);
  return {
    ns: namespace,
    ...sizesOf(collection === undefined ? [] : [collection]),
    nindexes: collection?.indexes.length ?? 0,
  };
}

/** Tells the size of a database. */
export function dbStats({ catalog, database }: CommandContext): CommandReply {
  const collections = catalog.collections.filter(({ namespace }) =>
    namespace.startsWith(`${database}.`),
  );
  const { count, size, avgObjSize } = sizesOf(collections);
  const indexes = collections.reduce((sum, collection) => sum + collection.indexes.length, 0);
  return {
    db: database,
    collections: collections.length,
    objects: count,
    avgObjSize,
    dataSize: size,
    indexes,
  };
}

function sizesOf(collections: readonly Collection[]): {
  count: number;
  size: number;
  avgObjSize: number;
} {
  let count = 0;
  let size = 0;
  for (const { documents } of collections) {
    for (const { bytes } of documents) {
      count += 1;
      size += bytes.length;
    }
  }
  return { count, size, avgObjSize: count === 0 ? 0 : Math.round(size / count) };
}

/** Tells that there is no command line; the server runs inside another program. */
export function getCmdLineOpts(): CommandReply {
  return { argv: [], parsed: {} };
}

/** Returns an empty log, which shells ask for when they connect. */
export function getLog({ command }: CommandContext): CommandReply {
  if (command["getLog"] === "*") return { names: ["global", "startupWarnings"] };
  return { totalLinesWritten: 0, log: [] };
}

/** Starts a session; sessions bind nothing here, so it is only a name. */
export function startSession(): CommandReply {
  const id = new Binary(crypto.getRandomValues(new Uint8Array(16)), Binary.SUBTYPE_UUID);
  return { id: { id }, timeoutMinutes: 30 };
}
