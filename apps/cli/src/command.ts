import type { Command } from "commander";
import type { z } from "zod";

import { usageError } from "./cli-error.ts";
import type { CliSettings } from "./config.ts";
import type { Terminal } from "./output/terminal.ts";

/** What a command gets beside its options. */
export interface CommandContext {
  terminal: Terminal;
  settings: CliSettings;
  /** Machines are reading: no bar, no hints. */
  json: boolean;
  /** Tell the user something that is not the result. */
  say: (text: string) => void;
}

/** What a command found or did, for machines and for people. */
export interface CommandResult {
  json: unknown;
  text: string;
  /** 3 and 4: see `WAIT_EXITS`. @defaultValue 0 */
  exitCode?: 0 | 1 | 3 | 4;
}

/** One command of the table. */
export interface CommandEntry {
  /** Its words, such as `key create`. */
  name: string;
  /** Another name for its last word. */
  alias?: string;
  summary: string;
  /** Declare its options and arguments. */
  declare: (command: Command) => void;
  /** Run it with what was given; undefined when it wrote its result to standard output itself. */
  run: (
    given: Record<string, unknown>,
    context: CommandContext,
  ) => Promise<CommandResult | undefined>;
}

/** A command whose options are checked by a schema before it runs. */
export function defineCommand<S extends z.ZodType>(definition: {
  name: string;
  alias?: string;
  summary: string;
  declare: (command: Command) => void;
  options: S;
  run: (options: z.output<S>, context: CommandContext) => Promise<CommandResult | undefined>;
}): CommandEntry {
  const { options, run, ...entry } = definition;
  return {
    ...entry,
    run: async (given, context) => run(parseOptions(given, options), context),
  };
}

function parseOptions<S extends z.ZodType>(given: Record<string, unknown>, schema: S): z.output<S> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw usageError(`${optionName(String(path[0]))}: ${message}`);
}

/** The option that a key stands for: `expiresAt` → `--expires-at`. */
export function optionName(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
