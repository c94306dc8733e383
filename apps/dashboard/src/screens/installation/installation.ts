import type { Outputs } from "../../api.ts";

/** Key of the installation's health in the query cache. */
export const INSTALLATION = ["installation"] as const;

/** Health of the installation, as the server returns it to an operator. */
export type Installation = Outputs["operator"]["health"];

/** Key of the list of projects in the query cache. */
export const PROJECTS = ["projects"] as const;

/** Id of a project's line on the screen of the installation, for links to it. */
export function projectAnchor(projectId: string): string {
  return `project-${projectId}`;
}
