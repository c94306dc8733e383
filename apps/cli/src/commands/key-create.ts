import { permission, timestampInput } from "@call-log/model";
import { z } from "zod";

import { defineCommand } from "../command.ts";
import { chosenProject, withStore } from "../with-store.ts";
import { repeated } from "./repeated.ts";

/** `key create`: an API key, shown this once. */
export const keyCreate = defineCommand({
  name: "key create",
  summary: "Create an API key; it is shown this once",
  declare: (command) =>
    command
      .option("--project <id>", "the project; the only one when absent")
      .requiredOption("--permission <name>", "what it may do; repeat it for more", repeated)
      .option("--name <text>", "what people call it")
      .option("--expires-at <time>", "worth nothing from then on, such as 2027-01-01T00:00:00Z"),
  options: z.strictObject({
    project: z.string().optional(),
    permission: z.array(permission),
    name: z.string().trim().min(1, { error: "must not be empty" }).max(100).optional(),
    expiresAt: timestampInput
      .refine((time) => time > new Date(), { error: "must be in the future" })
      .optional(),
  }),
  run: (options, context) =>
    withStore(context, async (store) => {
      const { _id: projectId } = await chosenProject(store, options.project);
      const { id, key } = await store.keys.create({
        projectId,
        permissions: [...new Set(options.permission)],
        ...(options.name !== undefined && { name: options.name }),
        ...(options.expiresAt !== undefined && { expiresAt: options.expiresAt }),
      });
      if (!context.json)
        context.say(`key ${id} of project ${projectId}; keep it, it is shown only now:`);
      return { json: { id, key, projectId, permissions: options.permission }, text: key };
    }),
});
