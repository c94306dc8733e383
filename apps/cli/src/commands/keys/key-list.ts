import { z } from "zod";

import type { ShownKey } from "../../access/operations.ts";
import { declareOperator, operatorOptions, withOperations } from "../../access/operator-access.ts";
import { chosenProject } from "../../access/with-store.ts";
import { defineCommand } from "../../command.ts";
import { shownTime, tableText } from "../../output/table.ts";

/** `key list`: the keys of a project or of the operators, without anything that can be used. */
export const keyList = defineCommand({
  name: "key list",
  summary: "List the API keys of a project, or of the operators",
  declare: (command) =>
    declareOperator(command)
      .option("--project <id>", "the project; the only one when absent")
      .option("--operators", "the operators' keys, which belong to no project"),
  options: z
    .strictObject({
      ...operatorOptions,
      project: z.string().optional(),
      operators: z.boolean().default(false),
    })
    .refine(({ project, operators }) => !operators || project === undefined, {
      path: ["operators"],
      error: "goes without --project",
    }),
  run: ({ project, operators, ...given }, context) =>
    withOperations(given, context, async (operations) => {
      const owner = operators ? null : (await chosenProject(operations, project))._id;
      const keys = await operations.keys.list(owner);
      const text = tableText(keys, {
        ID: ({ id }) => id,
        NAME: ({ name }) => name ?? "-",
        PERMISSIONS: ({ permissions }) => permissions.join(", "),
        CREATED: ({ createdAt }) => shownTime(createdAt),
        "LAST USED": ({ lastUsedAt }) => shownTime(lastUsedAt),
        EXPIRES: ({ expiresAt }) => shownTime(expiresAt),
        ADDRESSES: ({ allowedAddresses }) => (allowedAddresses ?? ["any"]).join(" "),
        STATE: (key) => stateOf(key, new Date()),
      });
      return { json: keys, text };
    }),
});

function stateOf({ revokedAt, expiresAt, rotatedTo }: ShownKey, now: Date): string {
  if (revokedAt) return "revoked";
  if (expiresAt && new Date(expiresAt) <= now) return "expired";
  return rotatedTo ? `replaced by ${rotatedTo}` : "valid";
}
