import type { Outputs } from "../api.ts";

/** Key of the status in the query cache. */
export const STATUS = ["status"] as const;

/** Status of a project: what holds its calls. */
export type ProjectStatus = Outputs["system"]["status"];

/** Status of the installation: what holds calls. */
export type InstallationStatus = Outputs["operator"]["status"];

/** What holds calls now, as the server returns it to a project or an operator. */
export type Status = ProjectStatus | InstallationStatus;
