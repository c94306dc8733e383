import type { ApiKeyInfo } from "@call-log/store";
import { z } from "zod";

import { defineCommand } from "../command.ts";
import { shownTime, tableText } from "../table.ts";
import { chosenProject, withStore } from "../with-store.ts";

/** `key list`: the keys of a project, without anything that can be used. */
export const keyList = defineCommand({
  name: "key list",
  summary: "List the API keys of a project",
  declare: (command) => command.option("--project <id>", "the project; the only one when absent"),
  options: z.strictObject({ project: z.string().optional() }),
  run: ({ project }, context) =>
    withStore(context, async (store) => {
      const { _id } = await chosenProject(store, project);
      const keys = await store.keys.list(_id);
      const text = tableText(keys, {
        ID: ({ id }) => id,
        NAME: ({ name = "-" }) => name,
        PERMISSIONS: ({ permissions }) => permissions.join(", "),
        CREATED: ({ createdAt }) => shownTime(createdAt),
        EXPIRES: ({ expiresAt }) => shownTime(expiresAt),
        STATE: (key) => stateOf(key, new Date()),
      });
      return { json: keys, text };
    }),
});

function stateOf({ revokedAt, expiresAt }: ApiKeyInfo, now: Date): string {
  if (revokedAt !== undefined) return "revoked";
  return expiresAt !== undefined && expiresAt <= now ? "expired" : "valid";
}
