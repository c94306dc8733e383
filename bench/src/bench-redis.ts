import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { tmpdir } from "node:os";

import { freePort } from "@call-log/runtime";

import { cpuSecondsOf, cpuSecondsOfNamed } from "./cpu-time.ts";
import type { BenchSettings } from "./suite.ts";
import { until } from "./until.ts";

const PROGRAM = "redis-server";

/** The Redis that a suite measures on. */
export interface BenchRedis {
  url: string;
  /** Processor time that it has used so far, in seconds. */
  cpuSeconds(): Promise<number>;
  close(): Promise<void>;
}

/** The server of REDIS_URL, else a `redis-server` of the run's own, in memory alone. */
export async function openRedis({ redisUrl }: BenchSettings): Promise<BenchRedis> {
  if (redisUrl !== undefined)
    return {
      url: redisUrl,
      cpuSeconds: () => cpuSecondsOfNamed(["redis-server"]),
      close: async () => {},
    };
  const port = await freePort();
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  const server = spawn(PROGRAM, args, { stdio: "ignore", cwd: tmpdir() });
  const kill = () => void server.kill("SIGKILL");
  process.once("exit", kill);
  await until(() => listening(port));
  return {
    url: `redis://127.0.0.1:${port}`,
    cpuSeconds: () => cpuSecondsOf(server.pid!),
    async close() {
      process.removeListener("exit", kill);
      const ended = once(server, "exit");
      server.kill("SIGTERM");
      await ended;
    },
  };
}

async function listening(port: number): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
  } finally {
    socket.destroy();
  }
}
