import type { Command } from "commander";

import type { CommandContext } from "../command.ts";
import { accessOptions, openClient } from "./access.ts";
import { apiOperations } from "./api-operations.ts";
import { findStandalone } from "./installation.ts";
import { localOperations } from "./local-operations.ts";
import type { Operations } from "./operations.ts";
import { withStore } from "./with-store.ts";

/** Options of what an operator does on the machine, or through the api with an operator's key. */
export const operatorOptions = { apiKey: accessOptions.apiKey, url: accessOptions.url };

/** Declare the options of `operatorOptions`. */
export function declareOperator(command: Command): Command {
  return command
    .option("--api-key <key>", "go through the api with this operator's key")
    .option("--url <address>", "address of the api; else CALL_LOG_URL, else the running call-log");
}

/**
 * Operate the installation: of this machine, without a key; through the api when a key or an address is given, and with CALL_LOG_API_KEY
 * where no installation is on this machine.
 */
export async function withOperations<T>(
  given: { apiKey?: string | undefined; url?: string | undefined },
  context: CommandContext,
  act: (operations: Operations) => Promise<T>,
): Promise<T> {
  const isRemote = given.apiKey !== undefined || given.url !== undefined;
  const client =
    isRemote || !(await isOnMachine(context)) ? await openClient(given, context) : undefined;
  if (client !== undefined) return act(apiOperations(client));
  return withStore(context, async (store) => act(localOperations(store)));
}

async function isOnMachine({ settings }: CommandContext): Promise<boolean> {
  return (
    settings.MONGODB_URI !== undefined || (await findStandalone(settings.DATA_DIR)) !== undefined
  );
}
