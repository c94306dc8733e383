import type { Command } from "commander";

/** Where the settings of the servers are described. */
export const SETTINGS_PAGE =
  "https://github.com/call-log/call-log/blob/main/docs/reference/settings.md";

/** A command that runs as a server until a signal stops it. */
export interface ServerCommand {
  /** One word, such as `start`. */
  name: string;
  summary: string;
  /** Settings that most people set, each with what it means; the page has all. */
  settings: Readonly<Record<string, string>>;
  /** Start it; resolves when it runs. */
  run: () => Promise<void>;
}

/** Add a server to the program. It takes no options: its settings are environment variables, for all of its processes alike. */
export function addServer(program: Command, { name, summary, settings, run }: ServerCommand): void {
  const width = Math.max(...Object.keys(settings).map((setting) => setting.length));
  const lines = Object.entries(settings).map(
    ([setting, meaning]) => `  ${setting.padEnd(width)}  ${meaning}`,
  );
  program
    .command(name)
    .description(summary)
    .addHelpText(
      "after",
      `\nSettings are environment variables, among them:\n${lines.join("\n")}\n\nAll settings: ${SETTINGS_PAGE}`,
    )
    .action(run);
}
