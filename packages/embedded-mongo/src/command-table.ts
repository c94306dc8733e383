import type { CommandContext, CommandReply } from "./command-context.ts";
import { aggregate } from "./commands/aggregate.ts";
import {
  create,
  drop,
  dropDatabase,
  listCollections,
  listDatabases,
} from "./commands/catalog-commands.ts";
import { getMore, killCursors } from "./commands/cursor-commands.ts";
import * as diagnostics from "./commands/diagnostic-commands.ts";
import { explain } from "./commands/explain.ts";
import { findAndModify } from "./commands/find-and-modify.ts";
import { hello, legacyHello } from "./commands/hello.ts";
import { createIndexes, dropIndexes, listIndexes } from "./commands/index-commands.ts";
import { count, distinct, find } from "./commands/read-commands.ts";
import { refuse } from "./commands/refused-commands.ts";
import { logout, saslContinue, saslStart } from "./commands/sasl-commands.ts";
import { deleteDocuments, insert, update } from "./commands/write-commands.ts";

/** How a command is run, and which fields it may have beside the generic ones. */
export interface CommandEntry {
  readonly run: (context: CommandContext) => CommandReply | Promise<CommandReply>;
  /** "any" where MongoDB ignores fields that it does not know. */
  readonly fields: ReadonlySet<string> | "any";
}

/** Fields that each command may have. */
export const GENERIC_FIELDS: ReadonlySet<string> = new Set([
  "$db",
  "$readPreference",
  "$clusterTime",
  "$audit",
  "apiVersion",
  "apiStrict",
  "apiDeprecationErrors",
  "autocommit",
  "clientOperationKey",
  "comment",
  "lsid",
  "maxTimeMS",
  "readConcern",
  "startTransaction",
  "txnNumber",
  "writeConcern",
]);

function entry(run: CommandEntry["run"], fields: string): CommandEntry {
  return { run, fields: new Set(fields.split(" ")) };
}

function lenient(run: CommandEntry["run"]): CommandEntry {
  return { run, fields: "any" };
}

const FIND_AND_MODIFY =
  "query sort remove update new fields upsert bypassDocumentValidation arrayFilters let collation hint";

/** All commands by name. */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  hello: lenient(hello),
  isMaster: lenient(legacyHello),
  ismaster: lenient(legacyHello),
  saslStart: lenient(saslStart),
  saslContinue: lenient(saslContinue),
  logout: lenient(logout),
  ping: lenient(diagnostics.ping),
  buildInfo: lenient(diagnostics.buildInfo),
  buildinfo: lenient(diagnostics.buildInfo),
  connectionStatus: lenient(diagnostics.connectionStatus),
  getParameter: lenient(diagnostics.getParameter),
  hostInfo: lenient(diagnostics.hostInfo),
  serverStatus: lenient(diagnostics.serverStatus),
  whatsmyuri: lenient(diagnostics.ping),
  collStats: lenient(diagnostics.collStats),
  dbStats: lenient(diagnostics.dbStats),
  getCmdLineOpts: lenient(diagnostics.getCmdLineOpts),
  getLog: lenient(diagnostics.getLog),
  endSessions: lenient(diagnostics.ping),
  startSession: lenient(diagnostics.startSession),
  refreshSessions: lenient(diagnostics.ping),
  killSessions: lenient(diagnostics.ping),
  find: entry(
    find,
    "filter projection sort hint skip limit batchSize singleBatch returnKey showRecordId tailable awaitData noCursorTimeout allowPartialResults allowDiskUse collation let min max oplogReplay",
  ),
  getMore: entry(getMore, "collection batchSize term lastKnownCommittedOpTime"),
  killCursors: entry(killCursors, "cursors"),
  count: entry(count, "query limit skip hint fields collation"),
  distinct: entry(distinct, "key query hint collation"),
  aggregate: entry(
    aggregate,
    "pipeline cursor explain allowDiskUse bypassDocumentValidation collation hint let",
  ),
  insert: entry(insert, "documents ordered bypassDocumentValidation"),
  update: entry(update, "updates ordered bypassDocumentValidation let"),
  delete: entry(deleteDocuments, "deletes ordered let"),
  findAndModify: entry(findAndModify, FIND_AND_MODIFY),
  findandmodify: entry(findAndModify, FIND_AND_MODIFY),
  createIndexes: entry(createIndexes, "indexes commitQuorum ignoreUnknownIndexOptions"),
  listIndexes: entry(listIndexes, "cursor includeBuildUUIDs includeIndexBuildInfo"),
  dropIndexes: entry(dropIndexes, "index"),
  create: entry(
    create,
    "capped size max validator validationLevel validationAction viewOn pipeline collation timeseries expireAfterSeconds clusteredIndex changeStreamPreAndPostImages idIndex autoIndexId storageEngine indexOptionDefaults encryptedFields",
  ),
  drop: entry(drop, ""),
  dropDatabase: entry(dropDatabase, ""),
  listCollections: entry(listCollections, "filter nameOnly authorizedCollections cursor"),
  listDatabases: entry(listDatabases, "filter nameOnly authorizedDatabases"),
  explain: entry(explain, "verbosity"),
  ...Object.fromEntries(
    [
      "collMod",
      "renameCollection",
      "mapReduce",
      "commitTransaction",
      "abortTransaction",
      "convertToCapped",
    ].map((name) => [name, lenient(refuse)]),
  ),
};
