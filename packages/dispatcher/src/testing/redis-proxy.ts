import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

/** An address in front of a Redis, where a test can shut the way. */
export interface RedisProxy {
  url: string;
  /** Cut all connections and refuse new ones. */
  shut(): Promise<void>;
  /** Let connections through, at the same address as before. */
  open(): Promise<void>;
}

/** A shut gate in front of the Redis at this address. */
export async function createRedisProxy(redisUrl: string): Promise<RedisProxy> {
  const { hostname, port } = new URL(redisUrl);
  const sockets = new Set<Socket>();
  const pass = (inner: Socket) => {
    const outer = connect(Number(port), hostname);
    for (const socket of [inner, outer]) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => [inner, outer].forEach((one) => one.destroy()));
    }
    inner.pipe(outer).pipe(inner);
  };
  const listen = async (at: number): Promise<Server> => {
    const server = createServer(pass).listen(at, "127.0.0.1");
    await once(server, "listening");
    return server;
  };
  let server = await listen(0);
  const address = server.address();
  const gatePort = typeof address === "object" && address !== null ? address.port : 0;
  const shut = async () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    if (!server.listening) return;
    server.close();
    await once(server, "close");
  };
  await shut();
  return {
    url: `redis://127.0.0.1:${gatePort}`,
    shut,
    open: async () => void (server = await listen(gatePort)),
  };
}
