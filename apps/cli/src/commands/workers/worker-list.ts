import { z } from "zod";

import { declareOperator, operatorOptions, withOperations } from "../../access/operator-access.ts";
import { defineCommand } from "../../command.ts";
import { shownTime, tableText } from "../../output/table.ts";

/** `worker list`: every worker that is alive, and which are drained. */
export const workerList = defineCommand({
  name: "worker list",
  summary: "List the workers that are alive, and which are drained",
  declare: declareOperator,
  options: z.strictObject(operatorOptions),
  run: (given, context) =>
    withOperations(given, context, async ({ workers }) => {
      const all = await workers.list();
      const text = tableText(
        all,
        {
          ID: ({ id }) => id,
          HOST: ({ host, pid }) => `${host}:${pid}`,
          STATE: ({ draining }) => (draining ? "draining" : "takes jobs"),
          SINCE: ({ startedAt }) => shownTime(startedAt),
        },
        "no worker is alive",
      );
      return { json: all, text };
    }),
});
