import { objectId } from "@call-log/model";
import { z } from "zod";

import { declareOperator, operatorOptions, withOperations } from "../../access/operator-access.ts";
import { defineCommand } from "../../command.ts";
import { printable } from "../../output/terminal.ts";

/** `project resume`: calls of the project are dialled again, those that waited too. */
export const projectResume = defineCommand({
  name: "project resume",
  summary: "Dial for a paused project again",
  declare: (command) => declareOperator(command).argument("<id>", "the project"),
  options: z.strictObject({ ...operatorOptions, id: objectId }),
  run: ({ id, ...given }, context) =>
    withOperations(given, context, async ({ projects }) => {
      const project = await projects.resume(id);
      const { paused } = project;
      const rest = paused === undefined ? "" : `; its own pause holds: ${printable(paused.reason)}`;
      return { json: project, text: `project ${id} resumed${rest}` };
    }),
});
