import { mkdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

import { Catalog, CatalogLoader } from "./catalog.ts";
import type { ServerState } from "./command-context.ts";
import { CursorRegistry } from "./cursor-registry.ts";
import { lockDataFolder } from "./data-folder-lock.ts";
import { decodeEntries } from "./journal-entry.ts";
import { JournalEmptyError, readJournal } from "./journal-reader.ts";
import { JOURNAL_NAME, NEXT_JOURNAL_NAME, createJournal } from "./journal-snapshot.ts";
import { FileJournal, type Journal, MEMORY_JOURNAL } from "./journal.ts";
import { type Credentials, credentialBook } from "./scram-credential.ts";
import { listen } from "./server.ts";
import { startTtlSweep } from "./ttl-sweep.ts";

/** How an embedded server is started. */
export interface EmbeddedMongoOptions {
  /**
   * The folder that keeps the data; without it they live in memory only.
   * @defaultValue none
   */
  readonly dataDir?: string;
  /**
   * Refuse to start, with a JournalEmptyError, when `dataDir` has no data; nothing is changed then.
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
   * Bytes by which the journal may grow before it is rewritten.
   * @defaultValue 64 MiB
   */
  readonly compactAfterBytes?: number;
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
const DEFAULT_COMPACT_AFTER_BYTES = 64 * 1024 * 1024;

/** Starts a server that speaks MongoDB's wire protocol, in this process. */
export async function startEmbeddedMongo(
  options: EmbeddedMongoOptions = {},
): Promise<EmbeddedMongo> {
  const { host = "127.0.0.1", port = 0, now = () => new Date() } = options;
  const { credentials } = options;
  const findCredential = credentials && (await credentialBook(credentials));
  const storage = await openStorage(options);
  try {
    const state: ServerState = {
      catalog: storage.catalog,
      findCredential,
      cursors: new CursorRegistry(() => now().getTime()),
      now,
    };
    const server = await listen(state, { host, port });
    const sweep = startTtlSweep(state, options.ttlSweepMs ?? DEFAULT_TTL_SWEEP_MS);
    const close = once(async () => {
      await server.close();
      await sweep.stop();
      await storage.close();
    });
    return {
      uri: uriOf({ host, port: server.port }, credentials),
      port: server.port,
      close,
    };
  } catch (error) {
    await storage.close();
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

interface Storage {
  readonly catalog: Catalog;
  close(): Promise<void>;
}

async function openStorage(options: EmbeddedMongoOptions): Promise<Storage> {
  const { dataDir } = options;
  if (dataDir === undefined) {
    const catalog = new Catalog();
    catalog.attach(MEMORY_JOURNAL);
    return { catalog, close: () => MEMORY_JOURNAL.close() };
  }
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const lock = await lockDataFolder(dataDir);
  try {
    const { catalog, journal } = await loadJournal(dataDir, options);
    return {
      catalog,
      async close() {
        await journal.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function loadJournal(
  folder: string,
  options: EmbeddedMongoOptions,
): Promise<{ catalog: Catalog; journal: Journal }> {
  const { mustHaveData = false, compactAfterBytes = DEFAULT_COMPACT_AFTER_BYTES } = options;
  const path = join(folder, JOURNAL_NAME);
  await rm(join(folder, NEXT_JOURNAL_NAME), { force: true });
  if (!(await exists(path))) {
    if (mustHaveData) throw new JournalEmptyError(path);
    await createJournal(folder);
  }
  const loader = new CatalogLoader();
  const { validBytes } = readJournal(path, (payload) => {
    for (const entry of decodeEntries(payload)) loader.apply(entry);
  });
  if (mustHaveData && validBytes === 0) throw new JournalEmptyError(path);
  const catalog = loader.finish();
  const snapshot = (): ReturnType<Catalog["snapshot"]> => catalog.snapshot();
  const journal = await FileJournal.open({ folder, size: validBytes, snapshot, compactAfterBytes });
  catalog.attach(journal);
  return { catalog, journal };
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}
