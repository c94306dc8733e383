import { createSimulatedProvider } from "@call-log/provider";
import { connectStore } from "@call-log/store";

import { createDispatcher } from "../dispatcher.ts";
import { createQueues } from "../queues/queues.ts";
import { startWorkers } from "../queues/workers.ts";
import { QUICK, someSettings } from "./a-call.ts";

/** Argument of the process, as JSON. */
export interface KilledWorkerOptions {
  mongo: { uri: string; databaseName: string };
  redis: { url: string; prefix: string };
  dataDir: string;
  /** Killed before or after the provider has placed the call; in both cases after the claim. */
  dies: "before" | "after";
}

// A worker in a process of its own that is killed between its claim and the record of the answer.
const { mongo, redis, dataDir, dies } = JSON.parse(process.argv[2]!) as KilledWorkerOptions;
const log = { info: () => {}, warn: () => {}, error: () => {} };
const carrier = createSimulatedProvider({ dataDir, speed: 60 });
const dispatcher = createDispatcher({
  store: await connectStore(mongo),
  queues: createQueues({ redisUrl: redis.url, prefix: redis.prefix, log }),
  providers: [
    {
      ...carrier,
      async placeCall(order) {
        if (dies === "after") await carrier.placeCall(order);
        process.kill(process.pid, "SIGKILL");
        return new Promise(() => {});
      },
    },
  ],
  settings: someSettings(QUICK),
  log,
});
startWorkers(dispatcher);
