import type { ApiKeyInfo } from "@call-log/store";
import { z } from "zod";

import { defineCommand } from "../command.ts";
import { shownTime, tableText } from "../table.ts";
import { chosenProject, withStore } from "../with-store.ts";

/** `key list`: the keys of a project or of the operators, without anything that can be used. */
export const keyList = defineCommand({
  name: "key list",
  summary: "List the API keys of a project, or of the operators",
  declare: (command) =>
    command
      .option("--project <id>", "the project; the only one when absent")
      .option("--operators", "the operators' keys, which belong to no project"),
  options: z
    .strictObject({ project: z.string().optional(), operators: z.boolean().default(false) })
    .refine(({ project, operators }) => !operators || project === undefined, {
      path: ["operators"],
      error: "goes without --project",
    }),
  run: ({ project, operators }, context) =>
    withStore(context, async (store) => {
      const owner = operators ? null : (await chosenProject(store, project))._id;
      const keys = await store.keys.list(owner);
      const text = tableText(keys, {
        ID: ({ id }) => id,
        NAME: ({ name = "-" }) => name,
        PERMISSIONS: ({ permissions }) => permissions.join(", "),
        CREATED: ({ createdAt }) => shownTime(createdAt),
        "LAST USED": ({ lastUsedAt }) => shownTime(lastUsedAt),
        EXPIRES: ({ expiresAt }) => shownTime(expiresAt),
        ADDRESSES: ({ allowedAddresses = ["any"] }) => allowedAddresses.join(" "),
        STATE: (key) => stateOf(key, new Date()),
      });
      return { json: keys, text };
    }),
});

function stateOf({ revokedAt, expiresAt, rotatedTo }: ApiKeyInfo, now: Date): string {
  if (revokedAt !== undefined) return "revoked";
  if (expiresAt !== undefined && expiresAt <= now) return "expired";
  return rotatedTo === undefined ? "valid" : `replaced by ${rotatedTo}`;
}
