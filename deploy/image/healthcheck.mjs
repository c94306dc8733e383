// The image's HEALTHCHECK: asks the process that runs in the container whether it is ready. Exit code 1 when it is not.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

/** Address to ask, by the command line of process 1; none for a command that ends by itself or has no port. */
export function addressToAsk(commandLine, environment) {
  const command = commandLine.slice(
    commandLine.findIndex((word) => /call-log|main\.js/.test(word)) + 1,
  );
  const [name = "start"] = command;
  const port = {
    start: environment["PORT"] || "3000",
    api: environment["PORT"] || "3000",
    worker: environment["METRICS_PORT"],
  }[name];
  return port ? `http://127.0.0.1:${port}/health/ready` : undefined;
}

async function main() {
  const commandLine = readFileSync("/proc/1/cmdline", "utf8").split("\0").filter(Boolean);
  const address = addressToAsk(commandLine, process.env);
  if (address === undefined) return;
  const answer = await fetch(address, { signal: AbortSignal.timeout(4000) });
  if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main();
