import { runCli } from "./cli.ts";
import { processEnvironment } from "./config.ts";
import type { ServerCommand } from "./server-command.ts";

/** Run this process as one command line; its exit code is that of the command. */
export async function runCliProcess(servers: readonly ServerCommand[] = []): Promise<void> {
  // The first Ctrl-C asks for an orderly stop; the second one ends the process.
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  process.once("SIGTERM", () => stop.abort());
  // The reader went away, as `head` does; there is nobody left to write to.
  process.stdout.on("error", (error: NodeJS.ErrnoException) =>
    process.exit(error.code === "EPIPE" ? 0 : 1),
  );
  const { stdin, stdout, stderr } = process;
  const terminal = {
    stdin,
    stdout,
    stderr,
    environment: processEnvironment(),
    signal: stop.signal,
  };
  process.exitCode = await runCli(process.argv.slice(2), terminal, servers);
}
