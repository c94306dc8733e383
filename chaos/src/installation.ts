import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { freePort } from "@call-log/runtime";
import type { Store } from "@call-log/store";
import { waitFor } from "@call-log/testing";
import { Redis } from "ioredis";

import { simulatedCarrier, twilioCarrier, type Carrier } from "./carrier.ts";
import { startNginx } from "./nginx.ts";
import { openStore, type Release, THIS_RELEASE } from "./release.ts";
import { supervise, type SupervisedProcess } from "./supervised-process.ts";

/** Settings that make a minute of waiting a second or two. */
const COMPRESSED_TIME = {
  PROVIDER_TIMEOUT_SECONDS: "2",
  CLAIM_DEADLINE_SECONDS: "4",
  UNKNOWN_WINDOW_SECONDS: "5",
  POLL_AFTER_SECONDS: "2",
  REQUEUE_AFTER_SECONDS: "3",
  SETTLE_SECONDS: "0.5",
  PRICE_POLL_SECONDS: "0.5,1,2,4,8,16,32",
  RECORD_POLL_SECONDS: "19,25,40",
  SWEEP_EVERY_SECONDS: "0.5",
  CALLEE_LIMITS: "off",
  REQUESTS_PER_MINUTE: "0",
  DESTINATION_CALLS_PER_MINUTE: "100000",
  LOG_LEVEL: "error",
};

/**
 * SecantusDB with each commit on disk takes 50 ms of processor time for a call: with 50 at a time in each worker a claim alone would last longer than the
 * compressed deadline leaves, and the workers would give one claim after the other up.
 */
const FOR_A_SLOW_DATABASE = {
  DISPATCH_CONCURRENCY: "10",
  EVENT_CONCURRENCY: "5",
  SWEEP_BATCH: "10",
  CLAIM_DEADLINE_SECONDS: "8",
  UNKNOWN_WINDOW_SECONDS: "10",
};

const SPEED = 50;

/** Which database the run stands on: the embedded one, or the program of SecantusDB's server. */
export type DatabaseChoice = "embedded" | { secantusd: string };

/** Who places the calls. */
export type CarrierChoice = "simulated" | "twilio";

/** How an installation is set up. */
export interface InstallationOptions {
  database: DatabaseChoice;
  carrier: CarrierChoice;
  /** Settings of every process, beside the usual ones. */
  settings?: Readonly<Record<string, string>>;
  /** Environment of a worker, read again each time it starts. */
  workerEnvironment?: (worker: number) => Readonly<Record<string, string>>;
  /** How many apis there are. @defaultValue 1 */
  apis?: number;
  /** The program of nginx, which then stands before the apis. @defaultValue the first api takes the calls */
  nginx?: string;
  /** The release that the installation begins with. @defaultValue this one */
  release?: Release;
}

/** A whole installation in processes of its own, each of which may be killed and comes back. */
export interface Installation {
  url: string;
  apiKey: string;
  /** The database, opened by this release when it is first asked for. */
  store(): Promise<Store>;
  redisClient: Redis;
  carrier: Carrier;
  /** The first api. */
  api: SupervisedProcess;
  apis: SupervisedProcess[];
  /** The release that it began with. */
  began: Release;
  workers: SupervisedProcess[];
  mongo: SupervisedProcess;
  redis: SupervisedProcess;
  close(): Promise<void>;
}

const source = (file: string) => fileURLToPath(new URL(file, import.meta.url));

/** Start database, Redis, the apis and two workers. */
export async function startInstallation(options: InstallationOptions): Promise<Installation> {
  const { release = THIS_RELEASE } = options;
  const folder = await mkdtemp(path.join(tmpdir(), "call-log-chaos-"));
  const [mongoPort, redisPort] = [await freePort(), await freePort()];
  const mongo = supervise(mongoCommand(options.database, mongoPort, path.join(folder, "mongo")));
  const redis = supervise(redisCommand(redisPort, folder));
  const mongodbUri = `mongodb://127.0.0.1:${mongoPort}/call-log`;
  const redisUrl = `redis://127.0.0.1:${redisPort}`;
  const access = await release.createKey(mongodbUri);
  const dataDir = path.join(folder, "data");
  const carrier = await openCarrier(options.carrier, dataDir);
  const ports = await Promise.all(Array.from({ length: options.apis ?? 1 }, () => freePort()));
  const balancer = await balancerOf(options, folder, ports);
  const url = `http://127.0.0.1:${balancer?.port ?? ports[0]}`;
  const servers = { MONGODB_URI: mongodbUri, REDIS_URL: redisUrl, PUBLIC_URL: url };
  const env = { ...settingsOf(options, carrier), ...servers, DATA_DIR: dataDir };
  const apis = ports.map((port, index) =>
    supervise({ name: `api ${index}`, file: release.api, env: { ...env, PORT: String(port) } }),
  );
  const workers = [0, 1].map((index) =>
    supervise(
      { name: `worker ${index}`, file: release.worker, env },
      () => options.workerEnvironment?.(index) ?? {},
    ),
  );
  const redisClient = patientRedis(redisUrl);
  await allReady(ports).catch((error: unknown) => {
    throw new Error([mongo, ...apis].map((one) => one.errors()).join("\n"), { cause: error });
  });
  let opened: Promise<Store> | undefined;
  return {
    url,
    ...access,
    store: () => (opened ??= openStore(mongodbUri)),
    redisClient,
    carrier,
    api: apis[0]!,
    apis,
    began: release,
    workers,
    mongo,
    redis,
    async close() {
      await Promise.all([...workers, ...apis].map((one) => one.close()));
      redisClient.disconnect();
      await balancer?.close();
      await (await opened)?.close();
      await Promise.all([mongo.close(), redis.close(), carrier.close()]);
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function settingsOf({ database, settings }: InstallationOptions, carrier: Carrier) {
  const pace = database === "embedded" ? {} : FOR_A_SLOW_DATABASE;
  return { ...COMPRESSED_TIME, ...pace, ...carrier.settings, ...settings };
}

async function balancerOf({ nginx }: InstallationOptions, folder: string, ports: number[]) {
  if (nginx === undefined) return undefined;
  return startNginx({ program: nginx, folder: path.join(folder, "nginx"), ports });
}

/** The last words of every process. */
export function lastWords({ apis, workers, mongo, redis }: Installation): string {
  return [...apis, ...workers, mongo, redis].map((one) => one.errors()).join("\n");
}

async function allReady(ports: readonly number[]): Promise<void> {
  for (const port of ports)
    await waitFor(() => isReady(`http://127.0.0.1:${port}`), {
      timeoutMs: 180_000,
      describe: "the api",
    });
}

function openCarrier(choice: CarrierChoice, dataDir: string): Promise<Carrier> {
  return choice === "twilio" ? twilioCarrier(SPEED) : simulatedCarrier(dataDir, SPEED);
}

function patientRedis(url: string): Redis {
  const client = new Redis(url, { maxRetriesPerRequest: null });
  client.on("error", () => {
    // Killing it is what the run is for.
  });
  return client;
}

function redisCommand(port: number, folder: string) {
  const args = ["--port", String(port), "--save", "", "--appendonly", "no", "--dir", folder];
  return { name: "redis", file: "redis-server", args };
}

function mongoCommand(database: DatabaseChoice, port: number, folder: string) {
  if (database === "embedded")
    return {
      name: "embedded-mongo",
      file: source("./embedded-mongo-server.ts"),
      args: [String(port), folder],
    };
  const args = ["--port", String(port), "--storage-path", folder, "--sync-on-commit"];
  return { name: "secantusd", file: database.secantusd, args };
}

async function isReady(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
  return answer?.ok === true;
}
