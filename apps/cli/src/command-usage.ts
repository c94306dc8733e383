import { Command } from "commander";

import type { CommandEntry } from "./command.ts";

/** An argument or option of a command as it is written, such as `[id]` or `--limit <count>`, and what it means. */
export interface UsageTerm {
  term: string;
  meaning: string;
}

/** What a command takes. */
export interface CommandUsage {
  arguments: readonly UsageTerm[];
  /** Without `--json` and `--help`, which every command has. */
  options: readonly (UsageTerm & { name: string })[];
}

/** What a command of the table takes, as its own code declares it. */
export function commandUsage({ name, declare }: CommandEntry): CommandUsage {
  const command = new Command(name);
  declare(command);
  return {
    arguments: command.registeredArguments.map((argument) => {
      const word = argument.name() + (argument.variadic ? "..." : "");
      return { term: argument.required ? `<${word}>` : `[${word}]`, meaning: argument.description };
    }),
    options: command.options.map(({ long, flags, description }) => ({
      name: long ?? flags,
      term: flags,
      meaning: description,
    })),
  };
}
