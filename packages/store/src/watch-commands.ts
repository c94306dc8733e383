import type { CommandStartedEvent, MongoClient } from "mongodb";

/** A command that is sent to the database: what it does to which collection, nothing of what it holds. */
export interface DatabaseCommand {
  name: string;
  /** Absent for a command about no collection. */
  collection?: string;
  database: string;
}

/** Called when a command is sent; what it returns is called at its end, with the name of the error where it failed. */
export type OnCommand = (command: DatabaseCommand) => ((errorName?: string) => void) | undefined;

/** Watch the commands of a client, which must have been made with `monitorCommands`. */
export function watchCommands(client: MongoClient, onCommand: OnCommand): void {
  const open = new Map<number, (errorName?: string) => void>();
  const end = (requestId: number, errorName?: string) => {
    open.get(requestId)?.(errorName);
    open.delete(requestId);
  };
  client.on("commandStarted", (event) => {
    const onEnd = onCommand(describe(event));
    if (onEnd !== undefined) open.set(event.requestId, onEnd);
  });
  client.on("commandSucceeded", ({ requestId }) => end(requestId));
  client.on("commandFailed", ({ requestId, failure }) => end(requestId, failure.name));
}

function describe({ commandName, command, databaseName }: CommandStartedEvent): DatabaseCommand {
  const of: unknown = commandName === "getMore" ? command["collection"] : command[commandName];
  return {
    name: commandName,
    database: databaseName,
    ...(typeof of === "string" && { collection: of }),
  };
}
