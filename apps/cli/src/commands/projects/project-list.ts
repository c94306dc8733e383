import { z } from "zod";

import { declareOperator, operatorOptions, withOperations } from "../../access/operator-access.ts";
import { defineCommand } from "../../command.ts";
import { shownTime, tableText } from "../../output/table.ts";

/** `project list`: every project. */
export const projectList = defineCommand({
  name: "project list",
  summary: "List the projects",
  declare: declareOperator,
  options: z.strictObject(operatorOptions),
  run: (given, context) =>
    withOperations(given, context, async (operations) => {
      const projects = await operations.projects.list();
      const text = tableText(projects, {
        ID: ({ _id }) => _id,
        NAME: ({ name }) => name,
        NUMBERS: ({ fromNumbers }) => fromNumbers.join(" ") || "-",
        PROVIDERS: ({ providerChain }) => providerChain.join(" ") || "-",
        CREATED: ({ createdAt }) => shownTime(createdAt),
      });
      return { json: projects, text };
    }),
});
