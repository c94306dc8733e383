import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";

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
  // Below the ports of outgoing connections, and beside those that other tests choose.
  const port = randomInt(27_000, 28_000);
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
