import { randomUUID } from "node:crypto";
import {
  link,
  readFile,
  readlink,
  rename,
  rm,
  unlink,
  utimes,
  stat,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const LOCK_NAME = "lock";
const TAKEOVER_NAME = "lock.takeover";
const HEARTBEAT_MS = 2000;
const FOREIGN_WAIT_MS = 10_000;

/** Another process uses the data folder. */
export class DataFolderInUseError extends Error {
  override readonly name = "DataFolderInUseError";

  constructor(folder: string, reason: string) {
    super(`data folder ${folder} is in use: ${reason}`);
  }
}

/** A data folder that this process alone uses. */
export interface DataFolderLock {
  release(): Promise<void>;
}

interface LockPlace {
  readonly folder: string;
  readonly foreignWaitMs: number;
}

interface Owner {
  readonly pid: number;
  /** When the process started, in a form that a later process with the same pid does not share. */
  readonly start: string;
  /** The machine and process namespace in which the pid means something. */
  readonly machine: string;
  readonly token: string;
}

/** How long the lock of another machine is watched. */
export interface LockOptions {
  /** @defaultValue 10,000 */
  readonly foreignWaitMs?: number;
}

/** Locks a data folder, and takes over the lock of a process that is gone. */
export async function lockDataFolder(
  folder: string,
  options: LockOptions = {},
): Promise<DataFolderLock> {
  const place = { folder, foreignWaitMs: options.foreignWaitMs ?? FOREIGN_WAIT_MS };
  const owner = await describeSelf();
  const claim = join(folder, `${LOCK_NAME}.${owner.token}`);
  await writeFile(claim, JSON.stringify(owner), { mode: 0o600, flush: true });
  try {
    if (!(await tryLink(claim, join(folder, LOCK_NAME)))) await takeOver(place, claim);
  } finally {
    await rm(claim, { force: true });
  }
  return heldLock(folder, owner);
}

async function describeSelf(): Promise<Owner> {
  return {
    pid: process.pid,
    start: await startOf(process.pid),
    machine: await describeMachine(),
    token: randomUUID(),
  };
}

async function describeMachine(): Promise<string> {
  const boot = await readOr("", () => readFile("/proc/sys/kernel/random/boot_id", "utf8"));
  const namespace = await readOr("", () => readlink("/proc/self/ns/pid"));
  return `${boot.trim()} ${namespace}`;
}

// Field 22 of /proc/<pid>/stat; the name before it may hold spaces and brackets.
async function startOf(pid: number): Promise<string> {
  const line = await readOr("", () => readFile(`/proc/${pid}/stat`, "utf8"));
  return line.slice(line.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}

async function readOr<Value>(fallback: Value, read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    if (["ENOENT", "ESRCH", "EACCES"].includes((error as NodeJS.ErrnoException).code ?? ""))
      return fallback;
    throw error;
  }
}

async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

// The takeover file makes sure that of several starters only one replaces the stale lock.
async function takeOver(place: LockPlace, claim: string): Promise<void> {
  const { folder } = place;
  const lock = join(folder, LOCK_NAME);
  await assertStale(place);
  const takeover = join(folder, TAKEOVER_NAME);
  if (!(await tryLink(claim, takeover))) {
    throw new DataFolderInUseError(
      folder,
      `another process is taking it over; if none is, remove ${takeover}`,
    );
  }
  try {
    if (await assertStale(place)) {
      await rename(claim, lock);
    } else if (!(await tryLink(claim, lock))) {
      throw new DataFolderInUseError(folder, "another process has just locked it");
    }
  } finally {
    await unlink(takeover);
  }
}

// Tells whether there is a lock, which then is of a process that is gone.
async function assertStale({ folder, foreignWaitMs }: LockPlace): Promise<boolean> {
  const lock = join(folder, LOCK_NAME);
  const text = await readOr("", () => readFile(lock, "utf8"));
  if (text === "") return false;
  const owner = parseOwner(text);
  if (owner === undefined)
    throw new DataFolderInUseError(
      folder,
      `its lock file ${lock} cannot be read; remove it if no process uses the folder`,
    );
  const inUse = new DataFolderInUseError(folder, `process ${owner.pid} holds its lock`);
  if (owner.machine === (await describeMachine())) {
    if (await isAlive(owner)) throw inUse;
  } else if (await isBeating(lock, foreignWaitMs)) {
    throw inUse;
  }
  return true;
}

function parseOwner(text: string): Owner | undefined {
  try {
    return JSON.parse(text) as Owner;
  } catch {
    return undefined;
  }
}

async function isAlive({ pid, start }: Owner): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  return (await startOf(pid)) === start;
}

// A pid of another machine or container cannot be looked up; its owner touches the lock while it runs.
async function isBeating(lock: string, waitMs: number): Promise<boolean> {
  const before = (await stat(lock)).mtimeMs;
  const deadline = performance.now() + waitMs;
  while (performance.now() < deadline) {
    await sleep(HEARTBEAT_MS / 4);
    if ((await readOr(before, async () => (await stat(lock)).mtimeMs)) !== before) return true;
  }
  return false;
}

function heldLock(folder: string, owner: Owner): DataFolderLock {
  const lock = join(folder, LOCK_NAME);
  const beat = async (): Promise<void> => {
    const now = new Date();
    // A heartbeat that fails only makes the lock look stale to another machine; the next one may pass.
    await readOr(undefined, () => utimes(lock, now, now));
  };
  const timer = setInterval(() => void beat(), HEARTBEAT_MS);
  timer.unref();
  return {
    async release() {
      clearInterval(timer);
      const text = await readOr("", () => readFile(lock, "utf8"));
      if (parseOwner(text)?.token === owner.token) await unlink(lock);
    },
  };
}
