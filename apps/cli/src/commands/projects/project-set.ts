import { issueText, objectId, projectSettings } from "@call-log/model";
import { z } from "zod";

import { declareOperator, operatorOptions, withOperations } from "../../access/operator-access.ts";
import { usageError } from "../../cli-error.ts";
import { defineCommand } from "../../command.ts";

/** `project set`: change settings of a project, given as JSON; null takes one away. */
export const projectSet = defineCommand({
  name: "project set",
  summary: "Change settings of a project",
  declare: (command) =>
    declareOperator(command)
      .argument("<id>", "the project")
      .argument("<settings>", `JSON such as '{"allowedCountries": ["DE"], "quietHours": null}'`),
  options: z.strictObject({ ...operatorOptions, id: objectId, settings: z.string() }),
  run: ({ id, settings, ...given }, context) =>
    withOperations(given, context, async ({ projects }) => {
      const project = await projects.update(id, parsedSettings(settings));
      return { json: project, text: JSON.stringify(project, null, 2) };
    }),
});

function parsedSettings(text: string) {
  const parsed = projectSettings.safeParse(jsonOf(text));
  if (!parsed.success) throw usageError(issueText(parsed.error, "settings"));
  return parsed.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw usageError("settings: must be JSON");
  }
}
