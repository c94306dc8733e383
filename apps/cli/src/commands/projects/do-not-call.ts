import { objectId, phoneNumber } from "@call-log/model";
import type { Command } from "commander";
import { z } from "zod";

import { chosenProject, withStore } from "../../access/with-store.ts";
import { CliError } from "../../cli-error.ts";
import { defineCommand } from "../../command.ts";

const project = objectId.optional();

function declareProject(command: Command): Command {
  return command.option("--project <id>", "the project; the only one when absent");
}

/** `do-not-call add`: a number that the project must not call any more. */
export const doNotCallAdd = defineCommand({
  name: "do-not-call add",
  summary: "Put a number on a project's do-not-call list",
  declare: (command) => declareProject(command).argument("<number>", "with its country code"),
  options: z.strictObject({ project, number: phoneNumber }),
  run: ({ project: given, number }, context) =>
    withStore(context, async (store, acting) => {
      const { _id: projectId } = await chosenProject(store, given);
      await store.doNotCall.add(projectId, [number], acting);
      return { json: { projectId, number }, text: `${number} is not called any more` };
    }),
});

/** `do-not-call remove`: a number that the project may call again. */
export const doNotCallRemove = defineCommand({
  name: "do-not-call remove",
  summary: "Take a number off a project's do-not-call list",
  declare: (command) => declareProject(command).argument("<number>", "with its country code"),
  options: z.strictObject({ project, number: phoneNumber }),
  run: ({ project: given, number }, context) =>
    withStore(context, async (store, acting) => {
      const { _id: projectId } = await chosenProject(store, given);
      if (!(await store.doNotCall.remove(projectId, number, acting)))
        throw new CliError("NUMBER: is not on the list; see: do-not-call list");
      return { json: { projectId, number }, text: `${number} may be called again` };
    }),
});

/** `do-not-call list`: the numbers that the project must not call. */
export const doNotCallList = defineCommand({
  name: "do-not-call list",
  summary: "List the numbers that a project must not call",
  declare: (command) => void declareProject(command),
  options: z.strictObject({ project }),
  run: ({ project: given }, context) =>
    withStore(context, async (store) => {
      const { _id: projectId } = await chosenProject(store, given);
      const numbers = await store.doNotCall.list(projectId);
      return { json: numbers, text: numbers.join("\n") || "the list is empty" };
    }),
});
