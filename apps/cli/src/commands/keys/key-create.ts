import {
  addressList,
  isOfInstallation,
  permission,
  trimmedText,
  type Permission,
} from "@call-log/model";
import { z } from "zod";

import type { Operations } from "../../access/operations.ts";
import { declareOperator, operatorOptions, withOperations } from "../../access/operator-access.ts";
import { chosenProject } from "../../access/with-store.ts";
import { usageError } from "../../cli-error.ts";
import { defineCommand } from "../../command.ts";
import { laterTime } from "../options/later-time.ts";
import { repeated } from "../options/repeated.ts";

/** `key create`: an API key, shown this once. */
export const keyCreate = defineCommand({
  name: "key create",
  summary: "Create an API key; it is shown this once",
  declare: (command) =>
    declareOperator(command)
      .option("--project <id>", "the project; the only one when absent; none for an operator's key")
      .requiredOption("--permission <name>", "what it may do; repeat it for more", repeated)
      .option("--name <text>", "what people call it")
      .option("--expires <time>", "worth nothing from then on, such as 2027-01-01T00:00:00Z")
      .option("--expires-at <time>", "the same as --expires")
      .option(
        "--address <range>",
        "may be used from this IP address or CIDR range alone; repeat it for more",
        repeated,
      ),
  options: z.strictObject({
    ...operatorOptions,
    project: z.string().optional(),
    permission: z.array(permission),
    name: trimmedText(100).optional(),
    expires: laterTime.optional(),
    expiresAt: laterTime.optional(),
    address: addressList.optional(),
  }),
  run: (options, context) =>
    withOperations(options, context, async (operations) => {
      const projectId = await ownerOf(operations, options);
      const expiresAt = options.expires ?? options.expiresAt;
      const { id, key } = await operations.keys.create({
        projectId,
        permissions: [...new Set(options.permission)],
        ...(options.name !== undefined && { name: options.name }),
        ...(expiresAt !== undefined && { expiresAt }),
        ...(options.address !== undefined && { allowedAddresses: options.address }),
      });
      if (!context.json)
        context.say(
          `key ${id} of ${projectId === undefined ? "the installation" : `project ${projectId}`}; keep it, it is shown only now:`,
        );
      return { json: { id, key, projectId, permissions: options.permission }, text: key };
    }),
});

// The store refuses a mixture; without this, it would first ask for a project that is not needed.
async function ownerOf(
  operations: Operations,
  given: { project?: string | undefined; permission: Permission[] },
): Promise<string | undefined> {
  if (!given.permission.some(isOfInstallation))
    return (await chosenProject(operations, given.project))._id;
  if (given.project === undefined) return undefined;
  throw usageError("--project: an operator's key belongs to the installation, to no project");
}
