import { z } from "zod";

import { defineCommand } from "../command.ts";
import { shownTime, tableText } from "../table.ts";
import { withStore } from "../with-store.ts";

/** `project list`: every project. */
export const projectList = defineCommand({
  name: "project list",
  summary: "List the projects",
  declare: () => {},
  options: z.strictObject({}),
  run: (_, context) =>
    withStore(context, async (store) => {
      const projects = await store.projects.list();
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
