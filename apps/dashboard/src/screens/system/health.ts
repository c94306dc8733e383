import type { api } from "../../api.ts";

/** Key of the health in the query cache. */
export const HEALTH = ["health"] as const;

/** How the installation does, as the server answers it. */
export type Health = Awaited<ReturnType<typeof api.system.health.query>>;
