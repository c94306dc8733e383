import { describeError, type DescribedError } from "@call-log/dispatcher";
import closeWithGrace from "close-with-grace";

import { explainFailure } from "./explain-failure.ts";
import { createLogger } from "./logger.ts";

/** Milliseconds that an orderly stop may take. */
const CLOSE_WITHIN_MS = 20_000;

/** Files that a process makes are its user's alone. */
const OWNER_ONLY = 0o077;

/** A process that has started. */
export interface RunningProcess {
  /** What to print on standard output. */
  welcome: string;
  close(): Promise<void>;
}

/** How a process says on standard error that it stops, or why it can't start. */
export interface Voice {
  /** Lines for a person, as where a person starts it in a terminal; else JSON like the rest of its log. */
  forPeople?: boolean;
  /** What the process is, for its lines in the log. @defaultValue `process` */
  role?: string;
}

/** Start a process, say why in a line when it can't (exit code 1), and stop it in order on a signal. */
export async function runProcess(
  start: () => Promise<RunningProcess>,
  { forPeople = process.stderr.isTTY, role = "process" }: Voice = {},
): Promise<void> {
  const say = forPeople ? sayLines : sayJson(role);
  process.umask(OWNER_ONLY);
  let starting: Promise<RunningProcess> | undefined;
  let isStopping = false;
  // Before anything is started, so that a signal does not leave a part of it behind.
  closeWithGrace({ delay: CLOSE_WITHIN_MS, logger: false }, async ({ err, signal }) => {
    isStopping = true;
    if (err) say(textOf(describeError(err)), "fatal");
    say(signal === undefined ? "stopping …" : `stopping on ${signal} …`);
    // A start that fails says so below, and ends the process.
    const running = await starting?.catch(() => undefined);
    await running?.close();
    say("stopped");
  });
  try {
    starting = start();
    const running = await starting;
    if (!isStopping) process.stdout.write(running.welcome);
  } catch (error) {
    say(explainFailure(error), "fatal");
    process.exitCode = 1;
    process.exit();
  }
}

function textOf({ name, code = "", stack = "", cause }: DescribedError): string {
  const own = `${[name, code].join(" ").trim()}\n${stack}`;
  return cause === undefined ? own : `${own}\ncaused by ${textOf(cause)}`;
}

function sayLines(text: string): void {
  for (const line of text.split("\n")) process.stderr.write(`call-log: ${line}\n`);
}

function sayJson(role: string) {
  const log = createLogger({ role, level: "info" });
  return (text: string, level: "fatal" | "info" = "info") => log[level](text);
}
