import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** A way to a server that can be cut, as when the server goes away. */
export interface CuttableLine {
  port: number;
  /** Cut every connection, and refuse new ones. */
  cut(): Promise<void>;
  /** Keep every connection, and pass nothing on any more, as when the server hangs. */
  hang(): void;
  /** Let connections through again, at the same port. */
  mend(): Promise<void>;
}

/** Open a way to a server on this machine. */
export async function cuttableLine(target: { host: string; port: number }): Promise<CuttableLine> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(target);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
    }
    client.pipe(upstream).pipe(client);
  });
  const listen = async (port: number) => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    return (server.address() as AddressInfo).port;
  };
  const port = await listen(0);
  return {
    port,
    async cut() {
      if (!server.listening) return;
      server.close();
      for (const socket of sockets) socket.destroy();
      sockets.clear();
      await once(server, "close");
    },
    hang() {
      for (const socket of sockets) socket.unpipe().pause();
    },
    mend: async () => void (await listen(port)),
  };
}

/** A way to the MongoDB server of an address, with the address of the way. */
export async function cuttableMongoLine(uri: string): Promise<CuttableLine & { uri: string }> {
  const { hostname: host, port } = new URL(uri.replace("mongodb:", "http:"));
  const line = await cuttableLine({ host, port: Number(port) });
  return { ...line, uri: `mongodb://127.0.0.1:${line.port}/?directConnection=true` };
}
