import type { Operation, Permission } from "@call-log/model";
import { type QueryClient, useQuery } from "@tanstack/react-query";

import { t } from "../language/translate.ts";
import { showNothing, showProject } from "./shown-project.ts";

/** Who is signed in, and what they may do. */
export interface Session {
  /** Null for an operator, who belongs to the installation. */
  project: { _id: string; name: string } | null;
  /** Null for a person. */
  keyId: string | null;
  /** Null after sign-in with a key. */
  person: { name: string | null; email: string | null } | null;
  /** The person's projects; null stands for the installation. */
  projects: ({ _id: string; name: string } | null)[];
  permissions: Permission[];
  may: Operation[];
  /** Names of the provider accounts. */
  providers: string[];
}

/** Key of the session in the query cache. */
export const SESSION_KEY = ["session"] as const;

/** Key of a sign-out error in the query cache. */
export const SIGN_OUT_TROUBLE = ["sign-out-trouble"] as const;

/** Key in the query cache: whether the session ended without signing out. */
export const SESSION_ENDED = ["session-ended"] as const;

/** Shows the sign-in because the server no longer knows the session, with a notice if there was one. */
export function endSession(queries: QueryClient): void {
  if (queries.getQueryData(SESSION_KEY)) queries.setQueryData(SESSION_ENDED, true);
  queries.setQueryData(SESSION_KEY, null);
}

/** The session: null without one, undefined while loading; with the error if it cannot be read. */
export function useSession(): { session: Session | null | undefined; error: unknown } {
  const { data: session, error } = useQuery({
    queryKey: SESSION_KEY,
    queryFn: readSession,
    staleTime: 60_000,
  });
  return { session, error };
}

/** Begins a session with an API key. Throws with the server's text if the key is invalid. */
export async function signIn(apiKey: string): Promise<Session> {
  const response = await fetch("/session", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ apiKey }),
  });
  const body = (await response.json()) as Session & { message?: string };
  if (!response.ok)
    throw new Error(body.message ?? t("The server answers {status}.", { status: response.status }));
  return shown(body);
}

/** Ends the session everywhere. Throws unless the server confirms it. */
export async function signOut(): Promise<void> {
  showNothing();
  const response = await fetch("/session", { method: "DELETE" });
  if (!response.ok) throw new Error(t("The server answers {status}.", { status: response.status }));
}

/** The sign-in methods of this installation. */
export interface SignInMethods {
  apiKey: boolean;
  /** Address that starts sign-in at the identity provider; null without one. */
  oidcUrl: string | null;
}

/** Reads the sign-in methods. */
export async function signInMethods(): Promise<SignInMethods> {
  const response = await fetch("/session/methods");
  if (!response.ok) throw new Error(t("The server answers {status}.", { status: response.status }));
  return (await response.json()) as SignInMethods;
}

/** True if no phone can ring: every provider account is simulated. */
export function isSandbox({ providers }: Session): boolean {
  return providers.every((name) => name.startsWith("simulated"));
}

async function readSession(): Promise<Session | null> {
  const response = await fetch("/session");
  if (response.status === 401 || response.status === 403) {
    showNothing();
    return null;
  }
  if (!response.ok) throw new Error(t("The server answers {status}.", { status: response.status }));
  return shown((await response.json()) as Session);
}

function shown(session: Session): Session {
  showProject(session.project?._id ?? null);
  return session;
}
