import { RELEASE_VERSION } from "@call-log/model";
import { Command, CommanderError } from "commander";

import { groupSummary, helpSection, inHelpOrder, OTHER_COMMANDS } from "./command-groups.ts";
import type { CommandContext, CommandEntry } from "./command.ts";
import { COMMANDS } from "./commands/index.ts";
import { addCompletion } from "./completion.ts";
import { readSettings } from "./config.ts";
import { explainError } from "./output/explain-error.ts";
import type { Terminal } from "./output/terminal.ts";
import { addServer, type ServerCommand } from "./server-command.ts";

/** Run one command line; the exit code: 0 done, 1 failed, 2 asked for wrongly. A command of `servers` goes on running. */
export async function runCli(
  argv: readonly string[],
  terminal: Terminal,
  servers: readonly ServerCommand[] = [],
): Promise<number> {
  let exitCode = 0;
  const program = createProgram(terminal);
  for (const server of servers) addServer(program, server);
  const onExit = (code: number) => void (exitCode = code);
  for (const entry of inHelpOrder(COMMANDS)) addCommand(program, entry, { terminal, onExit });
  addCompletion(program, (text) => void terminal.stdout.write(text));
  for (const command of program.commands)
    command.helpGroup(helpSection(command.name(), servers.length > 0));
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

function createProgram(terminal: Terminal): Command {
  return new Command("call-log")
    .description("Places outbound phone calls, and keeps the record of them")
    .version(RELEASE_VERSION, "--version", "the release of this program")
    .commandsGroup(OTHER_COMMANDS)
    .helpCommand("help [command]", "Show the help of a command")
    .exitOverride()
    .showHelpAfterError("(--help tells what is possible)")
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, "call-log: ")),
    });
}

function addCommand(
  program: Command,
  entry: CommandEntry,
  { terminal, onExit }: { terminal: Terminal; onExit: (exitCode: number) => void },
): void {
  const words = entry.name.split(" ");
  const parent = words.slice(0, -1).reduce(groupIn, program);
  const command = parent.command(words.at(-1)!).description(entry.summary);
  if (entry.alias !== undefined) command.alias(entry.alias);
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
  return present ?? parent.command(name).description(groupSummary(name));
}

function createContext(terminal: Terminal, json: boolean): CommandContext {
  return {
    terminal,
    json,
    settings: readSettings(terminal.environment),
    say: (text) => void terminal.stderr.write(`call-log: ${text}\n`),
  };
}
