import { objectId } from "@call-log/model";
import { z } from "zod";

import { defineCommand } from "../command.ts";
import { withStore } from "../with-store.ts";
import { reason } from "./reason.ts";

/** `project pause`: no call of the project is dialled until it is resumed; new ones are taken and wait. */
export const projectPause = defineCommand({
  name: "project pause",
  summary: "Stop dialling for a project; its calls wait",
  declare: (command) =>
    command
      .argument("<id>", "the project")
      .requiredOption("--reason <text>", "why, for whoever wonders"),
  options: z.strictObject({ id: objectId, reason }),
  run: ({ id, reason: why }, context) =>
    withStore(context, async (store) => {
      const project = await store.projects.pause(id, why);
      return { json: project, text: `project ${id} paused` };
    }),
});
