import type { Operation, Permission } from "@call-log/model";
import { type QueryClient, useQuery } from "@tanstack/react-query";

import { showNothing, showProject } from "./shown-project.ts";

/** Who is signed in, and what they may do. */
export interface Session {
  /** Null for an operator, who belongs to the installation. */
  project: { _id: string; name: string } | null;
  /** Null for a person. */
  keyId: string | null;
  /** Null for whoever has signed in with a key. */
  person: { name: string | null; email: string | null } | null;
  /** Where a person may go; null among them is the installation. */
  projects: ({ _id: string; name: string } | null)[];
  permissions: Permission[];
  may: Operation[];
  /** Names of the provider accounts. */
  providers: string[];
}

/** Key of the session in the query cache. */
export const SESSION_KEY = ["session"] as const;

/** Key of what went wrong when the person signed out, in the query cache. */
export const SIGN_OUT_TROUBLE = ["sign-out-trouble"] as const;

/** Key of whether a session has ended without the person's doing, in the query cache. */
export const SESSION_ENDED = ["session-ended"] as const;

/** Show the sign-in, since the server knows the session no more; and say so where there was one. */
export function endSession(queries: QueryClient): void {
  if (queries.getQueryData(SESSION_KEY)) queries.setQueryData(SESSION_ENDED, true);
  queries.setQueryData(SESSION_KEY, null);
}

/** The session, null when there is none, undefined while it is asked for; and why it is not known, when it can't be asked for. */
export function useSession(): { session: Session | null | undefined; error: unknown } {
  const { data: session, error } = useQuery({
    queryKey: SESSION_KEY,
    queryFn: readSession,
    staleTime: 60_000,
  });
  return { session, error };
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
  return shown(body);
}

/** End the session, on every device that has this cookie. Throws when the server does not say that it has. */
export async function signOut(): Promise<void> {
  showNothing();
  const response = await fetch("/session", { method: "DELETE" });
  if (!response.ok) throw new Error(`The server answers ${response.status}.`);
}

/** How one may sign in here. */
export interface SignInMethods {
  apiKey: boolean;
  /** Where the way to the identity provider begins; null without one. */
  oidcUrl: string | null;
}

/** Ask how one may sign in here. */
export async function signInMethods(): Promise<SignInMethods> {
  const response = await fetch("/session/methods");
  if (!response.ok) throw new Error(`The server answers ${response.status}.`);
  return (await response.json()) as SignInMethods;
}

/** True when no real phone can ring: every provider account is a simulated one. */
export function isSandbox({ providers }: Session): boolean {
  return providers.every((name) => name.startsWith("simulated"));
}

async function readSession(): Promise<Session | null> {
  const response = await fetch("/session");
  if (response.status === 401 || response.status === 403) {
    showNothing();
    return null;
  }
  if (!response.ok) throw new Error(`The server answers ${response.status}.`);
  return shown((await response.json()) as Session);
}

function shown(session: Session): Session {
  showProject(session.project?._id ?? null);
  return session;
}
