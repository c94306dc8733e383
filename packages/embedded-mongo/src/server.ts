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
    // A broken connection concerns only its client, who sees it end.
    serveConnection(socket, state, { id: lastConnectionId }).catch(() => socket.destroy());
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
