import { objectId } from "@call-log/model";
import { z } from "zod";

import { declareOperator, operatorOptions, withOperations } from "../../access/operator-access.ts";
import { projectById } from "../../access/with-store.ts";
import { defineCommand } from "../../command.ts";

/** `project show`: one project with all its settings. */
export const projectShow = defineCommand({
  name: "project show",
  summary: "Show a project with all its settings",
  declare: (command) => declareOperator(command).argument("<id>", "the project"),
  options: z.strictObject({ ...operatorOptions, id: objectId }),
  run: ({ id, ...given }, context) =>
    withOperations(given, context, async (operations) => {
      const project = await projectById(operations, id);
      return { json: project, text: JSON.stringify(project, null, 2) };
    }),
});
