import { objectId } from "@call-log/model";
import { z } from "zod";

import { defineCommand } from "../command.ts";
import { projectById, withStore } from "../with-store.ts";

/** `project show`: one project with all its settings. */
export const projectShow = defineCommand({
  name: "project show",
  summary: "Show a project with all its settings",
  declare: (command) => command.argument("<id>", "the project"),
  options: z.strictObject({ id: objectId }),
  run: ({ id }, context) =>
    withStore(context, async (store) => {
      const project = await projectById(store, id);
      return { json: project, text: JSON.stringify(project, null, 2) };
    }),
});
