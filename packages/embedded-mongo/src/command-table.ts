import type { CommandContext, CommandReply } from "./command-context.ts";
import { aggregate } from "./commands/aggregate.ts";
import { dropDatabase, listCollections } from "./commands/catalog-commands.ts";
import { getMore, killCursors } from "./commands/cursor-commands.ts";
import { buildInfo, ping } from "./commands/diagnostic-commands.ts";
import { explain } from "./commands/explain.ts";
import { findAndModify } from "./commands/find-and-modify.ts";
import { hello, legacyHello } from "./commands/hello.ts";
import { createIndexes, dropIndexes, listIndexes } from "./commands/index-commands.ts";
import { count, distinct, find } from "./commands/read-commands.ts";
import { saslContinue, saslStart } from "./commands/sasl-commands.ts";
import { deleteDocuments, insert, update } from "./commands/write-commands.ts";

/** How a command is run, and which fields it may have besides the generic ones. */
export interface CommandEntry {
  readonly run: (context: CommandContext) => CommandReply | Promise<CommandReply>;
  /** "any" for greetings, whose further fields describe the client. */
  readonly fields: ReadonlySet<string> | "any";
}

/** Fields that every command may have. */
export const GENERIC_FIELDS: ReadonlySet<string> = new Set([
  "$db",
  "$readPreference",
  "lsid",
  "maxTimeMS",
  "writeConcern",
]);

function entry(run: CommandEntry["run"], fields: string): CommandEntry {
  return { run, fields: new Set(fields.split(" ").filter(Boolean)) };
}

function greeting(run: CommandEntry["run"]): CommandEntry {
  return { run, fields: "any" };
}

/** All commands by name. */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  hello: greeting(hello),
  isMaster: greeting(legacyHello),
  ismaster: greeting(legacyHello),
  saslStart: greeting(saslStart),
  saslContinue: greeting(saslContinue),
  ping: entry(ping, ""),
  buildInfo: entry(buildInfo, ""),
  endSessions: entry(ping, ""),
  find: entry(find, "filter projection sort skip limit batchSize singleBatch"),
  getMore: entry(getMore, "collection batchSize"),
  killCursors: entry(killCursors, "cursors"),
  count: entry(count, ""),
  distinct: entry(distinct, "key query"),
  aggregate: entry(aggregate, "pipeline cursor"),
  explain: entry(explain, "verbosity"),
  insert: entry(insert, "documents ordered"),
  update: entry(update, "updates ordered"),
  delete: entry(deleteDocuments, "deletes ordered"),
  findAndModify: entry(findAndModify, "query remove update new fields upsert"),
  createIndexes: entry(createIndexes, "indexes"),
  listIndexes: entry(listIndexes, "cursor"),
  dropIndexes: entry(dropIndexes, "index"),
  dropDatabase: entry(dropDatabase, ""),
  listCollections: entry(listCollections, "filter nameOnly authorizedCollections cursor"),
};
