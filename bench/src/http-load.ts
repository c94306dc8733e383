import { z } from "zod";

import { startNode } from "./node-process.ts";

/** A request as it is sent again and again. */
export interface LoadRequest {
  method: "GET" | "POST";
  path: string;
  headers: Readonly<Record<string, string>>;
  body: string | null;
}

/** How a server is loaded: each connection sends its next request as soon as it has the answer to the last. */
export interface LoadOrder {
  /** Such as `http://127.0.0.1:3000`. */
  origin: string;
  /** Sent in turn. */
  requests: readonly LoadRequest[];
  connections: number;
  milliseconds: number;
}

/** Schema of `Load`. */
export const loadAnswer = z.object({ latencies: z.array(z.number()), seconds: z.number() });

/** What a load came to: the time of each request in milliseconds, and how long it went on. */
export type Load = z.output<typeof loadAnswer>;

/** A process that loads servers over HTTP. */
export interface HttpLoad {
  /** Load a server. Rejects when it answers another status than 200. */
  run(order: LoadOrder): Promise<Load>;
  close(): Promise<void>;
}

/** Start the process. */
export function startHttpLoad(): HttpLoad {
  const process = startNode({ file: "./http-load-process.js" });
  return { run: (order) => process.ask(order, loadAnswer), close: () => process.close() };
}
