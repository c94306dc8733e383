import { freePort } from "@call-log/runtime";
import { z } from "zod";

import { startNode, type NodeProcess } from "../node-process.ts";
import type { Home } from "./home.ts";
import { asArgument, type ProcessOptions } from "./process-options.ts";
import type { Testbed } from "./testbed.ts";

/** How many processes there are, and how much each worker does at a time. */
export interface Layout {
  apis: number;
  workers: number;
  dispatchConcurrency: number;
  eventConcurrency: number;
  /** Calls that the provider's account may start a second. @defaultValue no limit */
  callsPerSecond?: number;
  /** How long the provider takes to answer, in milliseconds. @defaultValue it answers at once */
  answerMs?: number;
  /** Where it works. @defaultValue that of this state */
  home?: Home;
  /** Of each api, where it starts again at the addresses of before. @defaultValue free ones */
  ports?: readonly number[];
}

/** The layout that is compared with peers: one api, one worker, and the concurrency that the product has by default. */
export const ONE_OF_EACH: Layout = {
  apis: 1,
  workers: 1,
  dispatchConcurrency: 50,
  eventConcurrency: 50,
};

/** Who dispatches: the product, the least that could, or nobody: the bare writes and requests of a call, which its api does. */
export type DispatcherKind = "product" | "least" | "bare";

/** Running processes of one kind. */
export interface Installation {
  kind: DispatcherKind;
  /** Whose it is: `product now`, `least now`. */
  name: string;
  home: Home;
  /** Of each api. */
  ports: readonly number[];
  /** Base address of each api. */
  origins: string[];
  apis: NodeProcess[];
  workers: NodeProcess[];
  close(): Promise<void>;
  /** End all of them with SIGKILL. */
  kill(): Promise<void>;
}

/** Start apis and workers, and wait until they are ready. */
export async function startInstallation(
  testbed: Testbed,
  kind: DispatcherKind,
  layout: Layout,
): Promise<Installation> {
  const { home = testbed.home } = layout;
  const name = `${kind} ${home.name}`;
  const ports = layout.ports ?? (await freePorts(layout.apis));
  const origins = ports.map((port) => `http://127.0.0.1:${port}`);
  const optionsOf = (index: number): ProcessOptions => ({
    mongodbUri: home.mongodbUri,
    redisUrl: testbed.redis.url,
    queuePrefix: `bench-${kind}-${home.name}`,
    carrierPort: testbed.carrierPort,
    port: ports[index % ports.length]!,
    // The callbacks of several workers go to the apis in turn.
    publicUrl: origins[index % origins.length]!,
    dispatchConcurrency: layout.dispatchConcurrency,
    eventConcurrency: layout.eventConcurrency,
    callsPerSecond: layout.callsPerSecond,
    answerMs: layout.answerMs,
  });
  const start = (role: "api" | "worker", count: number) =>
    Array.from({ length: count }, (_, index) =>
      startNode({
        file: `${home.programs}/${kind}-${role}-process.js`,
        args: [asArgument(optionsOf(index))],
      }),
    );
  const apis = start("api", layout.apis);
  const workers = start("worker", layout.workers);
  const all = [...apis, ...workers];
  await Promise.all(all.map((one) => one.ask(null, z.literal("ready"))));
  return {
    kind,
    name,
    home,
    ports,
    origins,
    apis,
    workers,
    close: async () => void (await Promise.all(all.map((one) => one.close()))),
    kill: async () => void (await Promise.all(all.map((one) => one.kill()))),
  };
}

function freePorts(count: number): Promise<number[]> {
  return Promise.all(Array.from({ length: count }, freePort));
}
