import { Catalog } from "./catalog.ts";
import type { ServerState } from "./command-context.ts";
import { CursorRegistry } from "./cursor-registry.ts";
import { openStorage, openTemporaryStorage } from "./open-storage.ts";
import { type Credentials, credentialBook } from "./scram-credential.ts";
import { listen } from "./server.ts";
import { startTtlSweep } from "./ttl-sweep.ts";
import { Turns } from "./turns.ts";

/** How an embedded server is started. */
export interface EmbeddedMongoOptions {
  /**
   * The folder that keeps the data; without it they end with the server.
   * @defaultValue none
   */
  readonly dataDir?: string;
  /**
   * Refuse to start, with a DataMissingError, when `dataDir` has no data; nothing is changed then.
   * @defaultValue false: a folder without data is a new one
   */
  readonly mustHaveData?: boolean;
  /**
   * What clients have to sign in with, by SCRAM-SHA-256. It is part of the server's `uri`.
   * @defaultValue none: everybody who reaches the port may read and write
   */
  readonly credentials?: Credentials;
  /** @defaultValue "127.0.0.1" */
  readonly host?: string;
  /**
   * 0 takes any free port.
   * @defaultValue 0
   */
  readonly port?: number;
  /**
   * How often expired documents are removed.
   * @defaultValue 60,000
   */
  readonly ttlSweepMs?: number;
  /**
   * Is handed what goes wrong beside the commands, such as a sweep of expired documents that found no room.
   * @defaultValue a warning of the process
   */
  readonly onError?: (error: Error) => void;
  /**
   * The clock, for tests.
   * @defaultValue the system's
   */
  readonly now?: () => Date;
}

/** An embedded server that runs. */
export interface EmbeddedMongo {
  /** The address for the driver, with the credentials if there are any. */
  readonly uri: string;
  readonly port: number;
  /** Stops the server; all acknowledged writes are on disk. */
  close(): Promise<void>;
}

const DEFAULT_TTL_SWEEP_MS = 60_000;

/** Starts a server that speaks MongoDB's wire protocol, in this process. */
export async function startEmbeddedMongo(
  options: EmbeddedMongoOptions = {},
): Promise<EmbeddedMongo> {
  const { host = "127.0.0.1", port = 0, now = () => new Date() } = options;
  const { credentials } = options;
  const findCredential = credentials && (await credentialBook(credentials));
  const { storage, close: closeStorage } =
    options.dataDir === undefined
      ? await openTemporaryStorage()
      : await openStorage(options.dataDir, options.mustHaveData ?? false);
  try {
    const state: ServerState = {
      catalog: new Catalog(storage),
      findCredential,
      cursors: new CursorRegistry(() => now().getTime()),
      turns: new Turns(),
      now,
      onError: options.onError ?? ((error) => process.emitWarning(error)),
    };
    const server = await listen(state, { host, port });
    const sweep = startTtlSweep(state, options.ttlSweepMs ?? DEFAULT_TTL_SWEEP_MS);
    const close = once(async () => {
      await server.close();
      await state.turns.close();
      await sweep.stop();
      await state.catalog.close();
      state.cursors.close();
      await closeStorage();
    });
    return {
      uri: uriOf({ host, port: server.port }, credentials),
      port: server.port,
      close,
    };
  } catch (error) {
    await closeStorage();
    throw error;
  }
}

function uriOf({ host, port }: { host: string; port: number }, credentials?: Credentials): string {
  const address = `${host.includes(":") ? `[${host}]` : host}:${port}/?directConnection=true`;
  if (credentials === undefined) return `mongodb://${address}`;
  const user = [credentials.username, credentials.password].map(encodeURIComponent).join(":");
  return `mongodb://${user}@${address}&authSource=admin`;
}

function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= run());
}
