import { z } from "zod";

import { declareOperator, operatorOptions, withOperations } from "../../access/operator-access.ts";
import { CliError } from "../../cli-error.ts";
import { defineCommand } from "../../command.ts";

/** `provider resume`: hands calls to a provider account again, no matter who paused it. */
export const providerResume = defineCommand({
  name: "provider resume",
  summary: "Hand calls to a paused provider account again",
  declare: (command) =>
    declareOperator(command).argument("<name>", "the account, as provider list shows it"),
  options: z.strictObject({ ...operatorOptions, name: z.string() }),
  run: ({ name, ...given }, context) =>
    withOperations(given, context, async ({ providers }) => {
      if (!(await providers.resume(name)))
        throw new CliError("NAME: no such provider is paused; see: provider list");
      return { json: { name, paused: false }, text: `provider ${name} resumed` };
    }),
});
