import { Command, CommanderError } from "commander";

import type { CommandContext, CommandEntry } from "./command.ts";
import { COMMANDS } from "./commands/index.ts";
import { readSettings } from "./config.ts";
import { explainError } from "./output/explain-error.ts";
import type { Terminal } from "./output/terminal.ts";
import { releaseVersion } from "./release-version.ts";

const GROUPS: Readonly<Record<string, string>> = {
  project: "Whose calls they are",
  provider: "Accounts at carriers: stop and resume them",
  number: "Which projects may call from which numbers",
  "do-not-call": "Numbers that a project must not call",
  key: "API keys of a project",
  "dead-letter": "Call requests from the queue that were refused",
  session: "People who are signed in to the dashboard",
};

/** Run one command line; the exit code: 0 done, 1 failed, 2 asked for wrongly. */
export async function runCli(argv: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode = 0;
  const program = createProgram(terminal, (code) => (exitCode = code));
  try {
    await program.parseAsync(argv, { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const { text, exitCode: failed } = explainError(error, terminal.environment["DEBUG"]);
    terminal.stderr.write(`call-log: ${text}\n`);
    return failed;
  }
}

function createProgram(terminal: Terminal, onExit: (exitCode: number) => void): Command {
  const program = new Command("call-log")
    .description("Places outbound phone calls, and keeps the record of them")
    .version(releaseVersion(), "--version", "the release of this command line")
    .exitOverride()
    .showHelpAfterError("(--help tells what is possible)")
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, "call-log: ")),
    });
  for (const entry of COMMANDS) addCommand(program, entry, { terminal, onExit });
  return program;
}

function addCommand(
  program: Command,
  entry: CommandEntry,
  { terminal, onExit }: { terminal: Terminal; onExit: (exitCode: number) => void },
): void {
  const words = entry.name.split(" ");
  const parent = words.slice(0, -1).reduce(groupIn, program);
  const command = parent.command(words.at(-1)!).description(entry.summary);
  entry.declare(command);
  command.option("--json", "the result as JSON, for machines");
  command.action(async () => {
    const { json = false, ...given } = command.opts<{ json?: boolean }>();
    const named = command.registeredArguments.map((argument, index) => [
      argument.name(),
      command.processedArgs[index] as unknown,
    ]);
    const context = createContext(terminal, json);
    const result = await entry.run({ ...given, ...Object.fromEntries(named) }, context);
    if (result === undefined) return;
    terminal.stdout.write(`${json ? JSON.stringify(result.json) : result.text}\n`);
    onExit(result.exitCode ?? 0);
  });
}

function groupIn(parent: Command, name: string): Command {
  const present = parent.commands.find((command) => command.name() === name);
  return present ?? parent.command(name).description(GROUPS[name] ?? "");
}

function createContext(terminal: Terminal, json: boolean): CommandContext {
  return {
    terminal,
    json,
    settings: readSettings(terminal.environment),
    say: (text) => void terminal.stderr.write(`call-log: ${text}\n`),
  };
}
