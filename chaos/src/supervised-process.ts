import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { programArguments } from "@call-log/testing";

const RESTART_AFTER_MS = 50;

/** What is run, and what is known of it. */
export interface Command {
  name: string;
  /** A TypeScript file with its arguments, run by Node; or a program. */
  file: string;
  args?: readonly string[];
  env?: Readonly<Record<string, string>>;
}

/** A process that is started again whenever it ends, as systemd or an orchestrator does. */
export interface SupervisedProcess {
  /** Kill it now, as the kernel would; it comes back by itself. */
  kill(): void;
  /** Stop the process as a whole for a while (SIGSTOP), and let it go on. */
  freeze(milliseconds: number): Promise<void>;
  /** Kill it, and keep it down until it is started. */
  stop(): Promise<void>;
  /** Start it again after a stop. */
  start(): void;
  /** Ask it to stop (SIGTERM), wait until it has, and start another program in its place: an upgrade. */
  replace(next: Pick<Command, "file">): Promise<void>;
  /** How often it has ended while it was wanted. */
  deaths(): number;
  /** Processor time that the running process has used, in seconds. Linux alone. */
  cpuSeconds(): Promise<number>;
  /** Its last words, for a run that went wrong. */
  errors(): string;
  /** End it for good. */
  close(): Promise<void>;
}

/** Start a process and keep it running. `environment` is read again for each start. */
export function supervise(
  command: Command,
  environment: () => Readonly<Record<string, string>> = () => ({}),
): SupervisedProcess {
  let deaths = 0;
  let isWanted = true;
  let isDown = false;
  let errors = "";
  let { file } = command;
  let child = start();

  function start(): ChildProcess {
    const started = spawnProgram({ ...command, file }, environment());
    for (const stream of [started.stdout, started.stderr])
      stream?.on("data", (chunk: Buffer) => {
        errors = (errors + chunk.toString()).slice(-10_000);
      });
    started.once("exit", () => void again());
    return started;
  }

  async function again(): Promise<void> {
    if (!isWanted) return;
    deaths += 1;
    await delay(RESTART_AFTER_MS);
    if (isWanted && !isDown) child = start();
  }

  async function end(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    isDown = true;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
    // The one that ended before is not started again any more by now.
    await delay(2 * RESTART_AFTER_MS);
  }

  return {
    kill: () => void child.kill("SIGKILL"),
    freeze: (milliseconds) => freeze(child, milliseconds),
    stop: () => end("SIGKILL"),
    start() {
      if (isDown) child = start();
      isDown = false;
    },
    async replace(next) {
      await end("SIGTERM");
      ({ file } = next);
      child = start();
      isDown = false;
    },
    deaths: () => deaths,
    cpuSeconds: () => cpuSecondsOf(child.pid ?? 0),
    errors: () => `${command.name}: ${errors}`,
    async close() {
      isWanted = false;
      if (child.exitCode === null && child.signalCode === null) await end("SIGKILL");
    },
  };
}

async function freeze(process: ChildProcess, milliseconds: number): Promise<void> {
  process.kill("SIGSTOP");
  await delay(milliseconds);
  process.kill("SIGCONT");
}

function spawnProgram({ file, args = [], env }: Command, environment: NodeJS.ProcessEnv) {
  const isSource = file.endsWith(".ts");
  const program = isSource ? process.execPath : file;
  return spawn(program, [...(isSource ? sourceArguments(file) : []), ...args], {
    env: { ...process.env, ...env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

const HERE = fileURLToPath(new URL("../../", import.meta.url));

/** Arguments with which Node runs a TypeScript program; that of an earlier release is not built. */
export function sourceArguments(file: string): string[] {
  return file.startsWith(HERE) ? programArguments(file) : programArguments(file, {});
}

/** Of a second, what `/proc` counts in (`getconf CLK_TCK`). */
const TICKS_PER_SECOND = 100;

// Fields 14 and 15 of /proc/PID/stat; the name before them may have spaces, its closing bracket is the last one.
async function cpuSecondsOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}
