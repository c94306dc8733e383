import type { Document } from "bson";

import type { Catalog } from "./catalog.ts";
import type { ClientState } from "./client-state.ts";
import type { CursorRegistry } from "./cursor-registry.ts";
import type { Deadline } from "./deadline.ts";
import type { FindCredential } from "./scram-credential.ts";
import type { Turns } from "./turns.ts";

/** What commands work on. */
export interface ServerState {
  readonly catalog: Catalog;
  readonly cursors: CursorRegistry;
  readonly turns: Turns;
  /** Looks up the stored credential of a user; undefined when clients need not sign in. */
  readonly findCredential: FindCredential | undefined;
  readonly now: () => Date;
  /** Is handed what goes wrong beside the commands. */
  readonly onError: (error: Error) => void;
}

/** One command with what it needs. */
export interface CommandContext extends ServerState {
  /** The name under which the client sent the command. */
  readonly name: string;
  readonly command: Document;
  readonly database: string;
  readonly deadline: Deadline;
  readonly client: ClientState;
}

/** An answer: a document, or one that is encoded already. */
export type CommandReply = Document | Uint8Array;
