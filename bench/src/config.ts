import path from "node:path";
import { parseArgs } from "node:util";

import type { BenchSettings } from "./suite.ts";

/** Processes that a database is known to run in, as the kernel names them. */
const KNOWN_DATABASES = "mongod,ferretdb,postgres,secantusd-py";

/** Options of the command line, with the addresses of servers from MONGODB_URI and REDIS_URL. */
export function readSettings(): BenchSettings & { only: string; runs: number } {
  const { values } = parseArgs({
    options: {
      /** Everything in three minutes. */
      quick: { type: "boolean", default: false },
      /** Only the suite of this name, else those with this text in their names. */
      only: { type: "string", default: "" },
      /** Of the peers beside `minimal` only those with one of these texts in their names. */
      peers: { type: "string", default: "" },
      /** Of the reads only those with this text in their names. */
      reads: { type: "string", default: "" },
      /** How long the soak goes on. */
      minutes: { type: "string", default: "1" },
      /** How often each suite is run; the last run is reported whole, of the others what the targets are about. */
      runs: { type: "string", default: "1" },
      /** How many call logs or documents; several with commas between. */
      sizes: { type: "string" },
      /** Folder of an older state of this repository, built: its product is measured beside this one. */
      before: { type: "string" },
      /** Names of the database's processes, for its processor time. */
      "database-processes": { type: "string", default: KNOWN_DATABASES },
    },
  });
  const { MONGODB_URI: mongodbUri, REDIS_URL: redisUrl } = process.env;
  return {
    quick: values.quick,
    only: values.only,
    peers: values.peers.split(","),
    reads: values.reads,
    minutes: Number(values.minutes),
    runs: Number(values.runs),
    ...(values.sizes !== undefined && { sizes: values.sizes.split(",").map(Number) }),
    ...(values.before !== undefined && { before: path.resolve(values.before) }),
    ...(mongodbUri !== undefined && { mongodbUri }),
    ...(redisUrl !== undefined && { redisUrl }),
    databaseProcesses: values["database-processes"].split(","),
    say: (text) => void process.stderr.write(`bench: ${text}\n`),
  };
}
