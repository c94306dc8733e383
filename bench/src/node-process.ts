import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import { z } from "zod";

import { cpuSecondsOf, ownMiB, residentMiB } from "./cpu-time.ts";

/** A JavaScript file that runs as a process of its own, and what it is given. */
export interface NodeCommand {
  /** Path from the folder of this file, such as `./http-load-process.js`. */
  file: string;
  args?: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** Options of Node itself, such as `--cpu-prof`. */
  nodeOptions?: readonly string[];
}

/** A process of Node that answers questions; see `answerQuestions`. */
export interface NodeProcess {
  pid: number;
  /** Ask it something, and wait for the answer. Rejects with its error, or when it ends. */
  ask<Answer>(question: unknown, schema: z.ZodType<Answer>): Promise<Answer>;
  cpuSeconds(): Promise<number>;
  residentMiB(): Promise<number>;
  /** Memory without pages of files. */
  ownMiB(): Promise<number>;
  /** End it with SIGTERM, and wait until it is gone. */
  close(): Promise<void>;
  /** End it with SIGKILL, and wait until it is gone. */
  kill(): Promise<void>;
}

const reply = z.object({
  id: z.number(),
  answer: z.unknown().optional(),
  error: z.string().optional(),
});

/** Those that go with this process, however it ends. */
const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** Start a process. It need not answer questions. */
export function startNode({ file, args = [], env, nodeOptions = [] }: NodeCommand): NodeProcess {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), [...args], {
    env: { ...process.env, ...env },
    execArgv: [...nodeOptions],
    stdio: ["ignore", "ignore", 2, "ipc"],
  });
  const waiting = new Map<number, PromiseWithResolvers>();
  let questions = 0;
  child.on("message", (message) => {
    const { id, answer, error } = reply.parse(message);
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) asked?.resolve(answer);
    else asked?.reject(new Error(`${file}: ${error}`));
  });
  child.once("exit", () => {
    for (const { reject } of waiting.values()) reject(new Error(`${file} has ended`));
  });
  const pid = child.pid!;
  running.add(child);
  const end = async (signal: "SIGTERM" | "SIGKILL") => {
    running.delete(child);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  };
  return {
    pid,
    async ask(question, schema) {
      questions += 1;
      const id = questions;
      const answer = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
      child.send({ id, question });
      return schema.parse(await answer);
    },
    cpuSeconds: () => cpuSecondsOf(pid),
    residentMiB: () => residentMiB(pid),
    ownMiB: () => ownMiB(pid),
    close: () => end("SIGTERM"),
    kill: () => end("SIGKILL"),
  };
}

interface PromiseWithResolvers {
  resolve: (answer: unknown) => void;
  reject: (error: Error) => void;
}

const request = z.object({ id: z.number(), question: z.unknown() });

/** In the process itself: answer every request of its parent. */
export function answerQuestions(answer: (question: unknown) => Promise<unknown>): void {
  process.on("message", (message) => {
    const { id, question } = request.parse(message);
    answer(question).then(
      (given) => process.send?.({ id, answer: given }),
      (error: unknown) => process.send?.({ id, error: String(error) }),
    );
  });
}
