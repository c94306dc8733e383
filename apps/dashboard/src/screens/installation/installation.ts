import type { api } from "../../api.ts";

/** Key of the installation's health in the query cache. */
export const INSTALLATION = ["installation"] as const;

/** How the installation does, as the server answers an operator. */
export type Installation = Awaited<ReturnType<typeof api.operator.health.query>>;

/** Key of the list of projects in the query cache. */
export const PROJECTS = ["projects"] as const;
