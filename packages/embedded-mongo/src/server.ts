import { type AddressInfo, type Server, type Socket, createServer } from "node:net";

import type { ServerState } from "./command-context.ts";
import { serveConnection } from "./connection.ts";

/** A server that listens. */
export interface ListeningServer {
  readonly port: number;
  /** Stops listening and closes all connections. */
  close(): Promise<void>;
}

/** Listens for clients. */
export async function listen(
  state: ServerState,
  address: { host: string; port: number },
): Promise<ListeningServer> {
  const sockets = new Set<Socket>();
  let lastConnectionId = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    lastConnectionId += 1;
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    serveConnection(socket, state, { id: lastConnectionId }).catch((error: unknown) => {
      socket.destroy();
      if (!isBroken(error)) state.onError(toError(error));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(address.port, address.host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () => closeServer(server, sockets),
  };
}

async function closeServer(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  const closed = new Promise<void>((resolve, reject) =>
    server.close((error) => (error === undefined ? resolve() : reject(error))),
  );
  for (const socket of sockets) socket.destroy();
  await closed;
}

// A connection that breaks concerns only its client, who sees it end.
function isBroken(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code !== undefined && ["ECONNRESET", "EPIPE", "ERR_STREAM_PREMATURE_CLOSE"].includes(code);
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
