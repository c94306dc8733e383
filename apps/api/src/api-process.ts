import { limitedReader } from "@call-log/router";
import {
  closingStack,
  connect,
  startApiOperations,
  type Connections,
  type LimitSettings,
  type MetricsConfig,
  type RunningProcess,
  type SignInConfig,
} from "@call-log/runtime";

import type { readApiConfig } from "./config.ts";
import { buildServer } from "./server.ts";
import { readSignIn } from "./sign-in/sign-in-rules.ts";

/** Start the api on its own: transports and callbacks, no workers. */
export async function startApi(config: ReturnType<typeof readApiConfig>): Promise<RunningProcess> {
  const { HOST: host, PORT: port, PUBLIC_URL: publicUrl } = config;
  const closing = closingStack();
  try {
    const connections = closing.add(
      await connect({
        role: "api",
        mongodbUri: config.MONGODB_URI,
        redisUrl: config.REDIS_URL,
        publicUrl,
        config,
      }),
    );
    const options = { config, ownUrl: publicUrl };
    const server = closing.add(await serverOn(connections, options));
    const isStopping = () => server.drain.isOn;
    const operations = closing.add(await startApiOperations(connections, { config, isStopping }));
    const address = await server.listen({ host, port });
    closing.add({ close: () => server.drain.pass(config.DRAIN_SECONDS) });
    const welcome = `call-log api: ${address}\n${operations.welcome}`;
    return { welcome, close: () => closing.close() };
  } catch (error) {
    await closing.close();
    throw error;
  }
}

/** The HTTP server on a process's connections. */
export async function serverOn(
  { store, dispatcher, providers, secrets, metrics, callbackBaseOf, log }: Connections,
  {
    config,
    ownUrl,
  }: {
    config: SignInConfig &
      Partial<LimitSettings> &
      MetricsConfig & { TRUST_PROXY?: string[] | undefined; ACCESS_LOG?: boolean };
    ownUrl?: string | undefined;
  },
) {
  return buildServer({
    store,
    reader: limitedReader(store.createReader({ now: dispatcher.context.now })),
    feed: store.createFeed({ now: dispatcher.context.now }),
    dispatcher,
    now: dispatcher.context.now,
    providers,
    secrets,
    callbackBaseOf,
    trustProxy: config.TRUST_PROXY,
    ownUrls: [config.DASHBOARD_URL, ownUrl],
    metrics,
    // On a port of their own where there is one.
    metricsToken: config.METRICS_PORT === undefined ? config.METRICS_TOKEN : undefined,
    log,
    accessLog: config.ACCESS_LOG,
    ...(await readSignIn(store, config, ownUrl)),
    limits: config,
  });
}
