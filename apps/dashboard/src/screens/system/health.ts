import type { api } from "../../api.ts";

/** Key of the health in the query cache. */
export const HEALTH = ["health"] as const;

/** How calls and installation do, as the server answers a project. */
export type Health = Awaited<ReturnType<typeof api.system.health.query>>;
