import type { ScramConversation } from "./scram-conversation.ts";

/** A sign-in that is under way on a connection. */
export interface SaslSession {
  readonly conversation: ScramConversation;
  /** Whether the client wants one exchange fewer at the end. */
  readonly skipEmptyExchange: boolean;
  /** Set once the proof was right and only the empty exchange is left. */
  verified?: true;
}

/** What a server knows of one connection. */
export interface ClientState {
  readonly id: number;
  /** The user that has signed in. */
  username?: string;
  sasl?: SaslSession;
}
