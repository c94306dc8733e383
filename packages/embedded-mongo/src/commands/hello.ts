import { MAX_DOCUMENT_BYTES } from "../bson-bytes.ts";
import type { CommandContext, CommandReply } from "../command-context.ts";
import { MAX_MESSAGE_BYTES } from "../wire-message.ts";
import { SCRAM_SHA_256, speculativeSaslStart } from "./sasl-commands.ts";

// Wire version 21 is that of MongoDB 7.0, whose commands this server follows.
const MAX_WIRE_VERSION = 21;

/** Describes the server: a standalone, so that drivers use neither transactions nor retryable writes. */
export function hello(context: CommandContext): CommandReply {
  return { isWritablePrimary: true, ...describe(context), ...signIn(context) };
}

/** Answers the old form of `hello`. */
export function legacyHello(context: CommandContext): CommandReply {
  return { ismaster: true, ...describe(context), ...signIn(context) };
}

// The same for every user name, so that nobody learns which exist.
function signIn(context: CommandContext): Record<string, unknown> {
  if (context.findCredential === undefined) return {};
  const asksHow = context.command["saslSupportedMechs"] !== undefined;
  const started = speculativeSaslStart(context);
  return {
    ...(asksHow && { saslSupportedMechs: [SCRAM_SHA_256] }),
    ...(started !== undefined && { speculativeAuthenticate: started }),
  };
}

function describe({ client, now }: CommandContext): Record<string, unknown> {
  return {
    helloOk: true,
    maxBsonObjectSize: MAX_DOCUMENT_BYTES,
    maxMessageSizeBytes: MAX_MESSAGE_BYTES,
    maxWriteBatchSize: 100_000,
    localTime: now(),
    logicalSessionTimeoutMinutes: 30,
    connectionId: client.id,
    minWireVersion: 0,
    maxWireVersion: MAX_WIRE_VERSION,
    readOnly: false,
  };
}
