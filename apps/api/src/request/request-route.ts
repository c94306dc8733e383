import { appRouter } from "@call-log/router";
import type { FastifyRequest } from "fastify";

/** Routes that are asked every few seconds, by machines. */
export const FREQUENT_ROUTES: ReadonlySet<string> = new Set([
  "/health/live",
  "/health/ready",
  "/metrics",
]);

const PROCEDURES: ReadonlySet<string> = new Set(Object.keys(appRouter._def.procedures));

/** The procedures that a tRPC request names, with commas, as far as there are such; undefined where there are none. */
export function procedureNames({
  routeOptions,
  params,
}: Pick<FastifyRequest, "routeOptions" | "params">): string | undefined {
  if (routeOptions.url?.startsWith("/trpc/") !== true) return undefined;
  const { path = "" } = params as { path?: string };
  const names = new Set(path.split(",").filter((name) => PROCEDURES.has(name)));
  return names.size === 0 ? undefined : [...names].join(",");
}
