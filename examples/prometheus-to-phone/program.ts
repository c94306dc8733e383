import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import path from "node:path";

/** How long a program may take to say its address, in milliseconds: call-log may have to be built first. */
const STARTS_WITHIN_MS = 300_000;
/** Most characters of a program's output that are kept. */
const KEPT_OUTPUT = 100_000;

/** A program that was started here. */
export interface Program {
  /** `http://127.0.0.1:…`; every program takes a free port. */
  url: string;
  stop(): Promise<void>;
}

/** How a program is started. */
export interface ProgramOptions {
  command: string;
  args: readonly string[];
  cwd: string;
  env?: Readonly<Record<string, string>>;
  /** Finds its address in what it prints. */
  address: RegExp;
}

/** The path of the first of these programs that is on the PATH. */
export async function findProgram(...names: readonly string[]): Promise<string | undefined> {
  const folders = (process.env["PATH"] ?? "").split(path.delimiter).filter(Boolean);
  for (const candidate of folders.flatMap((folder) => names.map((name) => path.join(folder, name))))
    if (
      await access(candidate, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return candidate;
  return undefined;
}

/** Start a program and wait for its address; fails with the end of its output when it ends instead. */
export async function startProgram(options: ProgramOptions): Promise<Program> {
  const { command, args, cwd, env, address } = options;
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
  };
  try {
    const found = await new Promise<string>((resolve, reject) => {
      const fail = (why: string) =>
        reject(new Error(`${path.basename(command)} ${why}:\n${output.slice(-4000)}`));
      const timer = setTimeout(() => fail("gave no address in time"), STARTS_WITHIN_MS);
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding("utf8").on("data", (text: string) => {
          output = (output + text).slice(-KEPT_OUTPUT);
          const match = address.exec(output)?.[1];
          if (match === undefined) return;
          clearTimeout(timer);
          resolve(match);
        });
      child.once("error", (error) => fail(error.message));
      child.once("exit", () => {
        clearTimeout(timer);
        fail("ended");
      });
    });
    return { url: found.startsWith("http") ? found : `http://${found}`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
