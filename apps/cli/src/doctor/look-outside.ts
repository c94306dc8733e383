import { once } from "node:events";
import { statfs } from "node:fs/promises";
import path from "node:path";
import { connect } from "node:tls";

import type { CallbackFound } from "./installation-checks.ts";

const PATIENCE_MS = 5000;
/** A callback of nobody: call-log refuses it in its own form. */
const PROBE = "/hooks/doctor/00000000-0000-4000-8000-000000000000-1/probe/status";

/** Ask for a callback address through PUBLIC_URL, as a carrier would. */
export async function lookAtCallbacks(publicUrl: string | undefined): Promise<CallbackFound> {
  if (publicUrl === undefined) return { kind: "unset" };
  try {
    const answer = await fetch(publicUrl + PROBE, {
      method: "POST",
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const isOurs = isErrorOfCallLog(await answer.text());
    return isOurs ? { kind: "call-log" } : { kind: "other", status: answer.status };
  } catch (error) {
    return { kind: "unreachable", reason: reasonOf(error) };
  }
}

/** Days until the certificate of an https address ends; rejects when there is none. */
export async function certificateDays(address: string): Promise<number> {
  const { hostname: host, port } = new URL(address);
  const options = { host, port: Number(port || 443), servername: host, timeout: PATIENCE_MS };
  // Whether it is trusted is seen where the address is asked; here only its end counts.
  const socket = connect({ ...options, rejectUnauthorized: false });
  try {
    await once(socket, "secureConnect", { signal: AbortSignal.timeout(PATIENCE_MS) });
    return (Date.parse(socket.getPeerCertificate().valid_to) - Date.now()) / 86_400_000;
  } finally {
    socket.destroy();
  }
}

/** How far the clock of a server is ahead of this machine's, by its Date header, in milliseconds; undefined where it sends none. */
export async function clockOf(address: string): Promise<number | undefined> {
  const askedAt = Date.now();
  const answer = await fetch(address, {
    method: "HEAD",
    redirect: "manual",
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const date = answer.headers.get("date");
  // The header has whole seconds.
  return date === null ? undefined : Date.parse(date) + 500 - (askedAt + Date.now()) / 2;
}

/** Free bytes of the disk that a folder is on, or will be on. */
export async function freeBytes(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    const isAbsent = (error as NodeJS.ErrnoException).code === "ENOENT";
    if (!isAbsent || path.dirname(folder) === folder) throw error;
    return freeBytes(path.dirname(folder));
  }
}

/** Why something could not be reached: its code, with the file that it is about. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const { code, path: file } = (error.cause ?? error) as { code?: unknown; path?: unknown };
  if (typeof code !== "string") return error.message;
  return typeof file === "string" ? `${code}: ${file}` : code;
}

function isErrorOfCallLog(text: string): boolean {
  try {
    const body = JSON.parse(text) as { code?: unknown; requestId?: unknown };
    return typeof body.code === "string" && typeof body.requestId === "string";
  } catch {
    return false;
  }
}
