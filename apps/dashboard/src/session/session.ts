import type { Operation, Permission } from "@call-log/model";
import { useQuery } from "@tanstack/react-query";

/** Who is signed in, and what they may do. */
export interface Session {
  /** Null for an operator, whose key belongs to the installation. */
  project: { _id: string; name: string } | null;
  keyId: string;
  permissions: Permission[];
  may: Operation[];
  /** Names of the provider accounts. */
  providers: string[];
}

/** Key of the session in the query cache. */
export const SESSION_KEY = ["session"] as const;

/** The session, null when there is none, undefined while it is asked for. */
export function useSession(): Session | null | undefined {
  return useQuery({ queryKey: SESSION_KEY, queryFn: readSession, staleTime: 60_000 }).data;
}

/** Begin a session with an API key. Throws with the server's words when the key is not good. */
export async function signIn(apiKey: string): Promise<Session> {
  const response = await fetch("/session", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ apiKey }),
  });
  const body = (await response.json()) as Session & { message?: string };
  if (!response.ok) throw new Error(body.message ?? `The server answers ${response.status}.`);
  return body;
}

/** End the session. */
export async function signOut(): Promise<void> {
  await fetch("/session", { method: "DELETE" });
}

/** True when no real phone can ring: every provider account is a simulated one. */
export function isSandbox({ providers }: Session): boolean {
  return providers.every((name) => name.startsWith("simulated"));
}

async function readSession(): Promise<Session | null> {
  const response = await fetch("/session");
  if (response.status === 401 || response.status === 403) return null;
  if (!response.ok) throw new Error(`The server answers ${response.status}.`);
  return (await response.json()) as Session;
}
