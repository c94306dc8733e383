import { loadAnswer } from "../http-load.ts";
import { startNode } from "../node-process.ts";
import type { Peer } from "./peer.ts";
import { answer } from "./workload.ts";

/** The driver alone, asked from within its process. */
export function startRawDriver(uri: string): Peer {
  const process = startNode({ file: "./reads/raw-driver-process.js", args: [uri] });
  return {
    name: "raw driver in process",
    answer: (question) => process.ask(question, answer),
    load: (questions, pressure) => process.ask({ questions, ...pressure }, loadAnswer),
    cpuSeconds: () => process.cpuSeconds(),
    residentMiB: () => process.residentMiB(),
    close: () => process.close(),
  };
}
