import { z } from "zod";

import { defineCommand } from "../command.ts";
import { declareOperator, operatorOptions, withOperations } from "../operator-access.ts";
import { shownTime, tableText } from "../table.ts";

/** `provider list`: the provider accounts that are paused, by whom and why. */
export const providerList = defineCommand({
  name: "provider list",
  summary: "List the provider accounts that are paused, and why",
  declare: declareOperator,
  options: z.strictObject(operatorOptions),
  run: (given, context) =>
    withOperations(given, context, async ({ providers }) => {
      const paused = await providers.paused();
      const text = tableText(paused, {
        PROVIDER: ({ name }) => name,
        BY: ({ by }) => by,
        SINCE: ({ at }) => shownTime(at),
        REASON: ({ reason }) => reason,
      });
      return { json: paused, text: paused.length === 0 ? "no provider is paused" : text };
    }),
});
