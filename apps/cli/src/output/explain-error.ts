import { CallLogError, SettingsError } from "@call-log/model";
import { isDatabaseAway } from "@call-log/store";
import { TRPCClientError } from "@trpc/client";

import { CliError } from "../cli-error.ts";

/** What to tell the user about an error, and the exit code. With DEBUG set, the stack too. */
export function explainError(
  error: unknown,
  debug: string | undefined,
): { text: string; exitCode: number } {
  const exitCode =
    error instanceof CliError ? error.exitCode : error instanceof SettingsError ? 2 : 1;
  const stack = debug && error instanceof Error ? `\n${error.stack}` : "";
  return { text: `${oneLine(error)}${stack}`, exitCode };
}

function oneLine(error: unknown): string {
  if (error instanceof CliError || error instanceof CallLogError) return error.message;
  if (error instanceof SettingsError) return error.message.replaceAll("\n", "; ");
  if (isDatabaseAway(error)) return "MONGODB_URI: no MongoDB server answers there; does it run?";
  if (error instanceof TRPCClientError && error.data === undefined)
    return `--url: nothing that speaks call-log answers there (${causeOf(error)})`;
  if (error instanceof Error) return error.message.split("\n")[0] ?? error.name;
  return String(error);
}

function causeOf(error: Error): string {
  const { cause } = error;
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  if (inner instanceof Error) return "code" in inner ? String(inner.code) : inner.message;
  return error.message.split("\n")[0] ?? error.name;
}
