import { Binary, type Document } from "bson";

import { toNumber } from "../bson-number.ts";
import { asDocument } from "../bson-type.ts";
import type { SaslSession } from "../client-state.ts";
import type { CommandContext, CommandReply } from "../command-context.ts";
import { flagField } from "../command-fields.ts";
import { CommandError } from "../errors.ts";
import { beginScram } from "../scram-conversation.ts";

/** The one mechanism by which clients sign in. */
export const SCRAM_SHA_256 = "SCRAM-SHA-256";
/** The database that the user belongs to. */
const USER_DATABASE = "admin";
const CONVERSATION_ID = 1;

/** Begins a sign-in: answers the client's first message. */
export function saslStart({ client, command, database, findCredential }: SaslContext): Document {
  delete client.sasl;
  const mechanism: unknown = command["mechanism"];
  if (mechanism !== SCRAM_SHA_256)
    throw new CommandError(
      "MechanismUnavailable",
      "Received authentication for mechanism which is unknown or not enabled",
    );
  if (findCredential === undefined || database !== USER_DATABASE) throw authenticationFailed();
  const conversation = beginScram(payloadOf(command), findCredential);
  if (conversation === undefined) throw authenticationFailed();
  const skipEmptyExchange = flagField(asDocument(command["options"]) ?? {}, "skipEmptyExchange");
  client.sasl = { conversation, skipEmptyExchange };
  return reply(conversation.challenge, false);
}

/** Goes on with a sign-in: checks the client's proof. */
export function saslContinue({ client, command }: SaslContext): CommandReply {
  const { sasl } = client;
  delete client.sasl;
  if (sasl === undefined || toNumber(command["conversationId"]) !== CONVERSATION_ID)
    throw new CommandError("ProtocolError", "No SASL session state found");
  const payload = payloadOf(command);
  if (sasl.verified === true) return payload === "" ? finish(sasl, client) : refuse();
  const verdict = sasl.conversation.verify(payload);
  if (verdict === undefined) return refuse();
  if (sasl.skipEmptyExchange) return finish(sasl, client, verdict);
  client.sasl = { ...sasl, verified: true };
  return reply(verdict, false);
}

/** The start of a sign-in that came with `hello`; undefined when it is refused, and the client then asks in the usual way. */
export function speculativeSaslStart(context: CommandContext): Document | undefined {
  const command = asDocument(context.command["speculativeAuthenticate"]);
  if (command === undefined || Object.keys(command)[0] !== "saslStart") return undefined;
  const database: unknown = command["db"];
  if (typeof database !== "string") return undefined;
  try {
    return saslStart({ ...context, command, database });
  } catch (error) {
    if (error instanceof CommandError) return undefined;
    throw error;
  }
}

type SaslContext = Pick<CommandContext, "client" | "command" | "database" | "findCredential">;

function finish(sasl: SaslSession, client: SaslContext["client"], payload = ""): Document {
  client.username = sasl.conversation.username;
  return reply(payload, true);
}

function refuse(): never {
  throw authenticationFailed();
}

function reply(payload: string, done: boolean): Document {
  return { conversationId: CONVERSATION_ID, done, payload: new Binary(Buffer.from(payload)) };
}

function payloadOf(command: Document): string {
  const payload: unknown = command["payload"];
  if (payload instanceof Binary) return Buffer.from(payload.value()).toString("utf8");
  throw new CommandError("TypeMismatch", "BSON field 'payload' must be binary data");
}

function authenticationFailed(): CommandError {
  return new CommandError("AuthenticationFailed", "Authentication failed.");
}
