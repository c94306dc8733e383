import { cpus, totalmem } from "node:os";

/** When and on what a suite ran, as a line of the report. */
export function runEnvironment(): string {
  const [cpu] = cpus();
  const gib = Math.round(totalmem() / 2 ** 30);
  const day = new Date().toISOString().slice(0, 10);
  return `Run on ${day}, Node ${process.version}, ${cpus().length} × ${cpu?.model.trim() || "processor"}, ${gib} GiB.`;
}
