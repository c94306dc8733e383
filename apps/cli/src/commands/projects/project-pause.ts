import { objectId } from "@call-log/model";
import { z } from "zod";

import { declareOperator, operatorOptions, withOperations } from "../../access/operator-access.ts";
import { defineCommand } from "../../command.ts";
import { reason } from "../options/reason.ts";

/** `project pause`: no call of the project is dialled until an operator resumes it; new ones are taken and wait. */
export const projectPause = defineCommand({
  name: "project pause",
  summary: "Stop dialling for a project; its calls wait",
  declare: (command) =>
    declareOperator(command)
      .argument("<id>", "the project")
      .requiredOption("--reason <text>", "why; people who wait for calls read it"),
  options: z.strictObject({ ...operatorOptions, id: objectId, reason }),
  run: ({ id, reason: why, ...given }, context) =>
    withOperations(given, context, async ({ projects }) => {
      const project = await projects.pause(id, why);
      return { json: project, text: `project ${id} paused` };
    }),
});
