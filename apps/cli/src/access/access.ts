import { createCallLogClient, type CallLogClient } from "@call-log/client";
import { webAddress } from "@call-log/model";
import type { Command } from "commander";
import { z } from "zod";

import { CliError } from "../cli-error.ts";
import type { CommandContext } from "../command.ts";
import { findStandalone } from "./installation.ts";

/** Options of the commands that go through the api with a key, and straight to the database and the queue without one. */
export const accessOptions = {
  apiKey: z.string().trim().min(1, { error: "must not be empty" }).optional(),
  url: webAddress.optional(),
  project: z.string().optional(),
};

/** Declare the options of `accessOptions`. */
export function declareAccess(command: Command): Command {
  return command
    .option("--api-key <key>", "go through the api with this key; else CALL_LOG_API_KEY")
    .option("--url <address>", "address of the api; else CALL_LOG_URL, else the running call-log")
    .option("--project <id>", "without a key: the project; the only one when absent");
}

/** Where the api is, and the key for it. */
export interface ApiAccess {
  url: string;
  apiKey: string;
}

/** A client of the api when there is a key; undefined when the database and the queue are to be used. */
export async function openClient(
  options: { apiKey?: string | undefined; url?: string | undefined },
  context: CommandContext,
): Promise<CallLogClient | undefined> {
  const access = await apiAccess(options, context);
  return access && createCallLogClient(access);
}

/** The api and the key, when there is a key. */
export async function apiAccess(
  options: { apiKey?: string | undefined; url?: string | undefined },
  { settings }: CommandContext,
): Promise<ApiAccess | undefined> {
  const apiKey = options.apiKey ?? settings.CALL_LOG_API_KEY;
  if (apiKey === undefined) return undefined;
  const url =
    options.url ?? settings.CALL_LOG_URL ?? (await findStandalone(settings.DATA_DIR))?.url;
  if (url === undefined)
    throw new CliError("--url: where is the api? Give its address, or set CALL_LOG_URL");
  return { url, apiKey };
}
