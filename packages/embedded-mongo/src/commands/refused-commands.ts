import type { CommandContext } from "../command-context.ts";
import { CommandError } from "../errors.ts";

const STANDALONE_ONLY = new Set(["commitTransaction", "abortTransaction"]);

/** Refuses a command that MongoDB has and this server has not. */
export function refuse({ name }: CommandContext): never {
  if (STANDALONE_ONLY.has(name)) {
    throw new CommandError(
      "IllegalOperation",
      "Transaction numbers are only allowed on a replica set member or mongos",
    );
  }
  throw new CommandError("CommandNotSupported", `${name} is not supported by this server`);
}
