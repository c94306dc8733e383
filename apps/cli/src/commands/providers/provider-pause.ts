import { z } from "zod";

import { declareOperator, operatorOptions, withOperations } from "../../access/operator-access.ts";
import { defineCommand } from "../../command.ts";
import { reason } from "../options/reason.ts";

/** `provider pause`: nothing is handed to a provider account until a person resumes it. */
export const providerPause = defineCommand({
  name: "provider pause",
  summary: "Hand no call to a provider account; calls go to the next of the chain, or wait",
  declare: (command) =>
    declareOperator(command)
      .argument("<name>", "the account, as PROVIDER names it")
      .requiredOption("--reason <text>", "why; people who wait for calls read it"),
  options: z.strictObject({
    ...operatorOptions,
    name: z.string().regex(/^[a-z][a-z0-9-]*$/),
    reason,
  }),
  run: ({ name, reason: why, ...given }, context) =>
    withOperations(given, context, async ({ providers }) => {
      await providers.pause(name, why);
      return { json: { name, paused: true }, text: `provider ${name} paused` };
    }),
});
