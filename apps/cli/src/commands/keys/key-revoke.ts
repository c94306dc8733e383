import { z } from "zod";

import { declareOperator, operatorOptions, withOperations } from "../../access/operator-access.ts";
import { CliError } from "../../cli-error.ts";
import { defineCommand } from "../../command.ts";

/** `key revoke`: a key is worth nothing any more, on every node within half a second. */
export const keyRevoke = defineCommand({
  name: "key revoke",
  summary: "Revoke an API key by its id",
  declare: (command) =>
    declareOperator(command).argument("<id>", "id of the key, as key list shows it"),
  options: z.strictObject({ ...operatorOptions, id: z.string() }),
  run: ({ id, ...given }, context) =>
    withOperations(given, context, async ({ keys }) => {
      if (!(await keys.revoke(id))) throw new CliError("ID: there is no such key; see: key list");
      return { json: { id, revoked: true }, text: `key ${id} revoked` };
    }),
});
