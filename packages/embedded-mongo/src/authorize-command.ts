import type { ClientState } from "./client-state.ts";
import type { ServerState } from "./command-context.ts";
import { CommandError } from "./errors.ts";

/** Commands that a client may send before it has signed in, as at MongoDB. */
const BEFORE_SIGN_IN: ReadonlySet<string> = new Set([
  "hello",
  "isMaster",
  "ismaster",
  "ping",
  "buildInfo",
  "saslStart",
  "saslContinue",
]);

/** Whether this client may use everything: it has signed in, or the server asks nobody to. */
export function isSignedIn(
  { findCredential }: Pick<ServerState, "findCredential">,
  { username }: ClientState,
): boolean {
  return findCredential === undefined || username !== undefined;
}

/** Refuses a command of a client that has to sign in first. */
export function authorizeCommand(
  state: Pick<ServerState, "findCredential">,
  client: ClientState,
  name: string,
): void {
  if (isSignedIn(state, client) || BEFORE_SIGN_IN.has(name)) return;
  throw new CommandError("Unauthorized", `Command ${name} requires authentication`);
}
