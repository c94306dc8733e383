import { createContext, useContext } from "react";

import type { Session } from "./session.ts";

/** The session that the screens stand in. */
export const SessionContext = createContext<Session | undefined>(undefined);

/** The session of the person before the screen. Throws outside of the signed-in part. */
export function useSignedIn(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error("no session here");
  return session;
}
