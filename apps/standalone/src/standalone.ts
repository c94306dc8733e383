import { fstatSync } from "node:fs";
import { rm } from "node:fs/promises";

import { serverOn } from "@call-log/api";
import { startWorkers, type Workers } from "@call-log/dispatcher";
import {
  closingStack,
  type ClosingStack,
  connect,
  freePort,
  type RunningProcess,
  startApiOperations,
  startDrainWatch,
} from "@call-log/runtime";

import type { BackingServer } from "./backing-server.ts";
import { bootstrap } from "./bootstrap.ts";
import { journalStream, type StandaloneConfig } from "./config.ts";
import { markInstallation, prepareDataFolder } from "./data-folder.ts";
import { databaseSize } from "./database-size.ts";
import { isJournal, keepKeyInFile } from "./first-key.ts";
import { openMongo } from "./mongo-server.ts";
import { openRedis } from "./redis/redis-server.ts";
import { writeStandaloneFile } from "./standalone-file.ts";
import { welcomeText } from "./welcome-text.ts";

/** A running product in one process. Closing stops in order: ready no more, workers, server, queue, database; nothing is lost. */
export interface Standalone extends RunningProcess {
  url: string;
}

/** Start everything in this process. What was started is closed again when a later part can't be. */
export async function startStandalone(config: StandaloneConfig): Promise<Standalone> {
  const closing = closingStack();
  try {
    return await start(config, closing);
  } catch (error) {
    await closing.close();
    throw error;
  }
}

async function start(config: StandaloneConfig, closing: ClosingStack): Promise<Standalone> {
  const { DATA_DIR: dataDir, HOST: host } = config;
  await prepareDataFolder(dataDir);
  const mongo = await openMongo(config);
  closing.add(mongo);
  const redis = closing.add(await openRedis(config));
  // The port has to be known before a call is placed: it is in the addresses that the provider calls back.
  const port = config.PORT === 0 ? await freePort() : config.PORT;
  const url = urlOf(host, port);
  const servers = { mongodbUri: mongo.uri, redisUrl: redis.uri };
  const { maxDispatchJobs } = redis;
  const bound = maxDispatchJobs === undefined ? {} : { maxDispatchJobs };
  const addresses = { publicUrl: config.PUBLIC_URL, localUrl: url };
  const atATime = { ...config, dispatcher: boundedConcurrency(config.dispatcher, redis) };
  const connections = closing.add(
    await connect({ role: "standalone", ...servers, ...addresses, ...bound, config: atATime }),
  );
  let workers: Workers | undefined;
  const made = await bootstrap(connections.store, config.BOOTSTRAP_API_KEY);
  const isLogged = isJournal(journalStream(), fstatSync(process.stdout.fd));
  const owner = isLogged ? await keepKeyInFile(made, dataDir) : made;
  if (mongo.engine !== undefined) await markInstallation(dataDir, mongo.engine);
  const server = closing.add(
    await serverOn(connections, { config, ownUrl: config.PUBLIC_URL ?? url }),
  );
  const operations = closing.add(
    await startApiOperations(connections, {
      config,
      isStopping: () => server.drain.isOn,
      stuckQueues: () => workers?.stuckQueues() ?? [],
      databaseBytes: databaseSize(dataDir, mongo.engine),
    }),
  );
  await server.listen({ host, port });
  closing.add({ close: () => server.drain.pass(config.DRAIN_SECONDS) });
  workers = closing.add(startWorkers(connections.dispatcher));
  closing.add(startDrainWatch(connections, workers));
  const file = await writeStandaloneFile(dataDir, { pid: process.pid, url, ...servers });
  closing.add({ close: () => rm(file, { force: true }) });
  closing.add({ close: () => server.drain.begin() });
  const labels = { mongoLabel: mongo.label, redisLabel: redis.label, dataDir };
  const providers = Object.values(connections.providers);
  const welcome = welcomeText({ ...owner, ...labels, url, providers }) + operations.welcome;
  return { url, welcome, close: () => closing.close() };
}

function boundedConcurrency(
  settings: StandaloneConfig["dispatcher"],
  { maxConcurrency: most = Infinity }: BackingServer,
): StandaloneConfig["dispatcher"] {
  const { dispatchConcurrency, eventConcurrency, requestConcurrency } = settings;
  return {
    ...settings,
    dispatchConcurrency: Math.min(dispatchConcurrency, most),
    eventConcurrency: Math.min(eventConcurrency, most),
    requestConcurrency: Math.min(requestConcurrency, most),
  };
}

// An address that means "every interface" is none that can be called.
function urlOf(host: string, port: number): string {
  const reachable = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  return `http://${reachable.includes(":") ? `[${reachable}]` : reachable}:${port}`;
}
