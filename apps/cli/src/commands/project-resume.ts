import { objectId } from "@call-log/model";
import { z } from "zod";

import { defineCommand } from "../command.ts";
import { withStore } from "../with-store.ts";

/** `project resume`: calls of the project are dialled again, those that waited too. */
export const projectResume = defineCommand({
  name: "project resume",
  summary: "Dial for a paused project again",
  declare: (command) => command.argument("<id>", "the project"),
  options: z.strictObject({ id: objectId }),
  run: ({ id }, context) =>
    withStore(context, async (store) => {
      const project = await store.projects.resume(id);
      return { json: project, text: `project ${id} resumed` };
    }),
});
