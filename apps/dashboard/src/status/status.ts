import type { api } from "../api.ts";

/** Key in the query cache of what holds calls at this moment. */
export const STATUS = ["status"] as const;

/** What holds the calls of a project. */
export type ProjectStatus = Awaited<ReturnType<typeof api.system.status.query>>;

/** What holds calls in the installation. */
export type InstallationStatus = Awaited<ReturnType<typeof api.operator.status.query>>;

/** What holds calls at this moment, as the server answers a project or an operator. */
export type Status = ProjectStatus | InstallationStatus;
