import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";

/**
 * A proxy that answers 4xx or 500 instead of passing on what an API description does not allow, in either direction. An answer with a status
 * that the description leaves out is passed on.
 */
export interface Prism {
  url: string;
  close(): Promise<void>;
}

const STARTED = "Prism is listening";

/** Start Prism's program before a server. */
export async function startPrism(options: {
  program: string;
  description: string;
  upstream: string;
}): Promise<Prism> {
  const { program, description, upstream } = options;
  const port = await freePort();
  const place = ["--host", "127.0.0.1", "--port", String(port)];
  const child = spawn(program, ["proxy", description, upstream, "--errors", ...place], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  const listening = new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes(STARTED)) resolve();
    });
    child.once("exit", () => reject(new Error(`Prism ended: ${output}`)));
  });
  await listening;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      const ended = once(child, "exit");
      child.kill();
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
