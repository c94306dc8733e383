import type { Server } from "node:http";

import { CallLogError } from "@call-log/model";

import { hangUp } from "../client-error.ts";

/** Connections beyond the limit that may be about to be told so; more are dropped without a word. */
const SPARE = 100;

/** Take so many connections at a time; one more is answered with 503, in words, and closed. 0 is no limit. */
export function limitConnections(server: Server, max: number): void {
  if (max === 0) return;
  server.maxConnections = max + SPARE;
  let open = 0;
  server.on("connection", (socket) => {
    open += 1;
    socket.once("close", () => {
      open -= 1;
    });
    if (open <= max) return;
    hangUp(
      socket,
      new CallLogError(
        "SERVICE_UNAVAILABLE",
        `This server has ${max} connections at a time, and all are in use. Try again soon.`,
      ),
    );
  });
}
