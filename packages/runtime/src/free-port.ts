import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";

/** Below the ports that systems give to outgoing connections (Linux from 32768, others from 49152): none of those can take it before it is listened on. */
const FIRST_PORT = 20_000;
const END_PORT = 27_000;

/** Tried by this process. */
const tried = new Set<number>();

/** A port on loopback that nobody listens on at this moment, another one each time. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST_PORT, END_PORT);
    if (tried.has(port)) continue;
    tried.add(port);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (error) {
    // Windows keeps ranges of ports for itself.
    if (["EADDRINUSE", "EACCES"].includes((error as NodeJS.ErrnoException).code ?? ""))
      return false;
    throw error;
  }
  server.close();
  await once(server, "close");
  return true;
}
