import { setTimeout as delay } from "node:timers/promises";

import type { FastifyInstance } from "fastify";

import type { Timeouts } from "./timeouts.ts";

/** How a server leaves: first it is not ready, then it closes. */
export interface Drain {
  readonly isOn: boolean;
  /** Be not ready from now on; requests are answered as before, and their connections closed with the answer. */
  begin(): void;
  /** Wait until so many seconds after the beginning, for load balancers and clients to go elsewhere. */
  pass(seconds: number): Promise<void>;
}

declare module "fastify" {
  interface FastifyInstance {
    drain: Drain;
  }
}

/** Give a server its drain, and an end to requests that do not end while it closes. */
export function decorateDrain(
  server: FastifyInstance,
  { finishMs }: Pick<Timeouts, "finishMs">,
): void {
  let begunAt: number | undefined;
  const begin = () => {
    begunAt ??= performance.now();
  };
  server.decorate("drain", {
    get isOn() {
      return begunAt !== undefined;
    },
    begin,
    async pass(seconds: number) {
      const leftMs = drainLeftMs({ begunAt, now: performance.now(), seconds });
      begin();
      await delay(leftMs);
    },
  });
  server.addHook("onSend", async (_request, reply) => {
    if (server.drain.isOn) void reply.header("connection", "close");
  });
  // A live stream has said before that its connection stays.
  let isClosing = false;
  server.addHook("onResponse", async ({ raw }) => {
    if (isClosing) raw.socket.destroySoon();
  });
  server.addHook("preClose", async () => {
    begin();
    isClosing = true;
    const timer = setTimeout(() => server.server.closeAllConnections(), finishMs).unref();
    server.server.once("close", () => clearTimeout(timer));
  });
}

/** Milliseconds that are left of a drain. */
export function drainLeftMs(drain: {
  begunAt: number | undefined;
  now: number;
  seconds: number;
}): number {
  const { begunAt, now, seconds } = drain;
  return Math.max(0, seconds * 1000 - (now - (begunAt ?? now)));
}
