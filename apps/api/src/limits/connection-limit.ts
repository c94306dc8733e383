import type { Server } from "node:http";

import { CallLogError } from "@call-log/model";
import { normalizeIP } from "@fastify/rate-limit";

import { hangUp } from "../errors/client-error.ts";

/** Connections beyond the limit that are still answered with 503; further ones are dropped without an answer. */
const SPARE = 100;

/** Share of the connections that one address may hold. */
const SHARE_OF_ADDRESS = 0.5;

/** Limit open connections in all, and half of that for one address. A further one is answered with 503 and closed. 0 is no limit. */
export function limitConnections(server: Server, max: number): void {
  if (max === 0) return;
  server.maxConnections = max + SPARE;
  const mostOfAddress = Math.ceil(max * SHARE_OF_ADDRESS);
  const byAddress = new Map<string, number>();
  let open = 0;
  server.on("connection", (socket) => {
    const address = normalizeIP(socket.remoteAddress ?? "");
    const ofAddress = (byAddress.get(address) ?? 0) + 1;
    open += 1;
    byAddress.set(address, ofAddress);
    socket.once("close", () => {
      open -= 1;
      const left = (byAddress.get(address) ?? 1) - 1;
      if (left > 0) byAddress.set(address, left);
      else byAddress.delete(address);
    });
    const full =
      open > max
        ? `This server has ${max} connections at a time`
        : ofAddress > mostOfAddress && `One address has ${mostOfAddress} connections at a time`;
    if (full === false) return;
    const words = `${full}, and all are in use. Try again soon.`;
    hangUp(socket, new CallLogError("SERVICE_UNAVAILABLE", words));
  });
}
