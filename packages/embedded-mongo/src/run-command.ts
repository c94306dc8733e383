import type { Document } from "bson";

import { authorizeCommand } from "./authorize-command.ts";
import { toNumber } from "./bson-number.ts";
import { asDocument } from "./bson-type.ts";
import type { ClientState } from "./client-state.ts";
import type { CommandContext, CommandReply, ServerState } from "./command-context.ts";
import { COMMANDS, GENERIC_FIELDS } from "./command-table.ts";
import { Deadline } from "./deadline.ts";
import { CommandError } from "./errors.ts";
import { noteUse } from "./feature-use.ts";
import { unknownField } from "./unknown-field.ts";

/** Runs one command; a refusal is thrown as `CommandError`. */
export async function runCommand(
  state: ServerState,
  command: Document,
  client: ClientState,
): Promise<CommandReply> {
  const name = Object.keys(command)[0] ?? "";
  noteUse("command", name);
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (entry === undefined)
    throw new CommandError(
      "CommandNotFound",
      `no such command: '${name}', or not supported by this server`,
    );
  const database: unknown = command["$db"];
  if (typeof database !== "string")
    throw new CommandError(40571, "OP_MSG requests require a $db argument");
  assertDatabaseName(database);
  authorizeCommand(state, client, name);
  assertNoApiVersion(command);
  assertPlainSession(command);
  assertFields(name, command, entry.fields);
  assertWriteConcern(command);
  const deadline = new Deadline(maxTimeOf(command));
  return entry.run({
    ...state,
    name,
    command,
    database,
    deadline,
    client,
  } satisfies CommandContext);
}

function assertDatabaseName(database: string): void {
  if (database !== "" && database.length < 64 && !/[/\\. "$\0]/.test(database)) return;
  throw new CommandError("InvalidNamespace", `Invalid database name: '${database}'`);
}

function assertFields(name: string, command: Document, fields: ReadonlySet<string> | "any"): void {
  if (fields === "any") return;
  for (const field of Object.keys(command)) {
    if (field === name) continue;
    const isGeneric = GENERIC_FIELDS.has(field);
    noteUse("option", isGeneric ? `*.${field}` : `${name}.${field}`);
    if (!isGeneric && !fields.has(field)) throw unknownField(name, field);
  }
}

// A client that asks for a version of the API relies on what it promises, such as apiStrict.
function assertNoApiVersion(command: Document): void {
  if (["apiVersion", "apiStrict", "apiDeprecationErrors"].some((field) => field in command))
    throw new CommandError("APIVersionError", "API versions are not supported by this server");
}

function assertPlainSession(command: Document): void {
  if (
    command["txnNumber"] === undefined &&
    command["startTransaction"] === undefined &&
    command["autocommit"] === undefined
  )
    return;
  throw new CommandError(
    "IllegalOperation",
    "Transaction numbers are only allowed on a replica set member or mongos",
  );
}

function assertWriteConcern(command: Document): void {
  const w: unknown = asDocument(command["writeConcern"])?.["w"];
  if (w === undefined || w === "majority") return;
  const nodes = toNumber(w);
  if (nodes === undefined || nodes > 1) {
    throw new CommandError("BadValue", "cannot use 'w' > 1 when a host is not replicated");
  }
}

function maxTimeOf(command: Document): number | undefined {
  const value: unknown = command["maxTimeMS"];
  if (value === undefined) return undefined;
  const time = toNumber(value);
  if (time === undefined) throw new CommandError("TypeMismatch", "maxTimeMS must be a number");
  if (time < 0 || time > 2 ** 31 - 1)
    throw new CommandError("BadValue", `${time} value for maxTimeMS is out of range`);
  return time;
}
