import { existsSync, linkSync, rmSync, writeFileSync } from "node:fs";

const OWNER_ONLY = 0o600;

/**
 * Creates a file that only its owner can read, of so many bytes, unless it is there. The bytes are written, because the
 * system ends a process that writes to a page of a mapped file for which a full disk has no room.
 */
export function createPrivateFile(path: string, bytes = 0): void {
  if (existsSync(path)) return;
  const own = `${path}.${process.pid}`;
  try {
    writeFileSync(own, Buffer.alloc(bytes), { mode: OWNER_ONLY, flush: true });
    linkSync(own, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(own, { force: true });
  }
}
