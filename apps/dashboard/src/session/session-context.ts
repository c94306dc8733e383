import { createContext, useContext } from "react";

import type { Session } from "./session.ts";

/** React context of the session. */
export const SessionContext = createContext<Session | undefined>(undefined);

/** The present session. Throws outside of the signed-in part. */
export function useSignedIn(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error("no session here");
  return session;
}
