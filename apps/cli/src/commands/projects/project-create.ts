import { newProject } from "@call-log/model";
import { z } from "zod";

import { declareOperator, operatorOptions, withOperations } from "../../access/operator-access.ts";
import { defineCommand } from "../../command.ts";
import { repeated } from "../options/repeated.ts";

/** `project create`: a project, in which calls are placed. */
export const projectCreate = defineCommand({
  name: "project create",
  summary: "Create a project",
  declare: (command) =>
    declareOperator(command)
      .requiredOption("--name <name>", "what people call it")
      .option("--id <uuid>", "its id; a new one when absent")
      .option("--from-number <number>", "a number to call from; repeat it for more", repeated),
  options: z.strictObject({
    ...operatorOptions,
    name: newProject.shape.name,
    id: newProject.shape.id,
    fromNumber: newProject.shape.fromNumbers,
  }),
  run: ({ name, id, fromNumber, ...given }, context) =>
    withOperations(given, context, async ({ projects }) => {
      const project = await projects.create({
        name,
        fromNumbers: fromNumber,
        ...(id !== undefined && { id }),
      });
      return { json: project, text: `project ${project._id} created` };
    }),
});
