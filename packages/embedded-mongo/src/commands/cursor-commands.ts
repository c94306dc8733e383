import { Long } from "bson";

import { encodeCursorReply } from "../bson-bytes.ts";
import type { CommandContext, CommandReply } from "../command-context.ts";
import { arrayField, countField, cursorIdOf } from "../command-fields.ts";
import { CommandError } from "../errors.ts";

/** Returns the next batch of a cursor. */
export async function getMore(context: CommandContext): Promise<CommandReply> {
  const { command, cursors, database, deadline, turns } = context;
  const collection: unknown = command["collection"];
  if (typeof collection !== "string")
    throw new CommandError("TypeMismatch", "BSON field 'getMore.collection' must be a string");
  const namespace = `${database}.${collection}`;
  const options = { batchSize: countField(command, "batchSize", 0), deadline };
  const batch = await turns.run(cursors.next(cursorIdOf(command["getMore"]), namespace, options));
  return encodeCursorReply({ field: "nextBatch", ...batch, namespace });
}

/** Closes cursors. */
export function killCursors({ command, cursors }: CommandContext): CommandReply {
  const ids = arrayField(command, "cursors").map(cursorIdOf);
  const killed = ids.filter((id) => cursors.kill(id));
  const missing = ids.filter((id) => !killed.includes(id));
  return {
    cursorsKilled: killed.map((id) => Long.fromBigInt(id)),
    cursorsNotFound: missing.map((id) => Long.fromBigInt(id)),
    cursorsAlive: [],
    cursorsUnknown: [],
  };
}
