import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";

import { CliError, usageError } from "../../cli-error.ts";
import type { Terminal } from "../../output/terminal.ts";

/** The JSON in an option's value. */
export function parseJsonOption(option: string, value: string): unknown {
  try {
    return JSON.parse(value);
  } catch (error) {
    throw usageError(`${option}: is not JSON: ${reasonOf(error)}`);
  }
}

/** The JSON in a file, or in standard input for `-`. */
export async function readJsonFile(
  option: string,
  file: string,
  { stdin }: Terminal,
): Promise<unknown> {
  const content = await (file === "-" ? text(stdin) : readFile(file, "utf8")).catch(
    (error: unknown) => {
      throw new CliError(`${option}: ${file} can't be read: ${reasonOf(error)}`, { cause: error });
    },
  );
  return parseJsonOption(option, content);
}

/** Why something failed, as an error tells it: its code where it has one. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "code" in error ? String(error.code) : error.message;
}
