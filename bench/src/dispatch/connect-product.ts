import { dispatcherSettings } from "@call-log/dispatcher";
import { connect, processSettings, type Connections } from "@call-log/runtime";

import { instantProvider } from "./instant-provider.ts";
import type { ProcessOptions } from "./process-options.ts";

/** What a process of the product stands on, with the provider of the benchmark and everything else as it is by default. */
export function connectProduct(options: ProcessOptions): Promise<Connections> {
  const { mongodbUri, redisUrl, publicUrl, queuePrefix, carrierPort } = options;
  const own = processSettings.parse({
    PROVIDER: "simulated",
    QUEUE_PREFIX: queuePrefix,
    LOG_LEVEL: "error",
  });
  const dispatcher = dispatcherSettings.parse({
    DISPATCH_CONCURRENCY: options.dispatchConcurrency,
    EVENT_CONCURRENCY: options.eventConcurrency,
    PROVIDER_CALLS_PER_SECOND: options.callsPerSecond,
  });
  const open = () => instantProvider(carrierPort, options.answerMs);
  const accounts = [{ name: "instant", isLocal: true, open }];
  return connect({
    role: "bench",
    mongodbUri,
    redisUrl,
    publicUrl,
    config: { ...own, dispatcher, accounts },
  });
}
