import { z } from "zod";

import { declareOperator, operatorOptions, withOperations } from "../../access/operator-access.ts";
import { defineCommand } from "../../command.ts";
import { shownTime, tableText } from "../../output/table.ts";

/** `provider list`: every provider account with its state, and by whom, since when and why where it is paused. */
export const providerList = defineCommand({
  name: "provider list",
  summary: "List the provider accounts, and which are paused and why",
  declare: declareOperator,
  options: z.strictObject(operatorOptions),
  run: (given, context) =>
    withOperations(given, context, async ({ providers }) => {
      const all = await providers.list();
      const text = tableText(
        all,
        {
          PROVIDER: ({ name }) => name,
          STATE: ({ state }) => state,
          RINGS: ({ isSimulated }) =>
            isSimulated === undefined ? "-" : isSimulated ? "no phone" : "phones",
          BY: ({ by }) => by ?? "-",
          SINCE: ({ at }) => shownTime(at),
          REASON: ({ reason }) => reason ?? "-",
        },
        "no process has said yet which provider accounts there are",
      );
      return { json: all, text };
    }),
});
