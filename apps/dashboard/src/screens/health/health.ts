import type { Outputs } from "../../api.ts";

/** Key of the health in the query cache. */
export const HEALTH = ["health"] as const;

/** Health of calls and installation, as the server returns it to a project. */
export type Health = Outputs["system"]["health"];
