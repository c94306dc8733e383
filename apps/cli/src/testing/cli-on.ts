import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";

import { runCli } from "../cli.ts";
import type { ServerCommand } from "../server-command.ts";

/** What a command line gave. */
export interface CliRun {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** What surrounds a command line in a test. */
export interface CliSurroundings {
  stdin?: Iterable<string | Buffer>;
  environment?: Record<string, string>;
  signal?: AbortSignal;
  servers?: readonly ServerCommand[];
}

/** Run a command line without any environment but the given one. */
export async function runInTest(
  argv: string[],
  surroundings: CliSurroundings = {},
): Promise<CliRun> {
  const { stdin = [], environment = {}, signal = new AbortController().signal } = surroundings;
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const written = Promise.all([text(stdout), text(stderr)]);
  const input = Readable.from(stdin, { objectMode: false });
  const terminal = { stdin: input, stdout, stderr, environment, signal };
  const exitCode = await runCli(argv, terminal, surroundings.servers);
  stdout.end();
  stderr.end();
  const [out, err] = await written;
  return { exitCode, stdout: out, stderr: err };
}

/** A database of a test's own. */
interface TestDatabase {
  uri: string;
  databaseName: string;
  close: () => Promise<void>;
}

/** The command line on a database, which is closed with it. */
export function cliOn(database: TestDatabase) {
  const uri = new URL(database.uri);
  uri.pathname = `/${database.databaseName}`;
  const environment = { MONGODB_URI: uri.href, DATA_DIR: "/nonexistent" };
  const run = (argv: string[], surroundings: CliSurroundings = {}) =>
    runInTest(argv, {
      ...surroundings,
      environment: { ...environment, ...surroundings.environment },
    });
  return {
    mongodbUri: uri.href,
    run,
    /** Run with `--json`, and give what it printed. */
    async json<T>(argv: string[], surroundings: CliSurroundings = {}): Promise<T> {
      const { stdout, stderr } = await run([...argv, "--json"], surroundings);
      if (stdout === "") throw new Error(stderr);
      return JSON.parse(stdout) as T;
    },
    [Symbol.asyncDispose]: () => database.close(),
  };
}
