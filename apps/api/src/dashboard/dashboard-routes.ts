import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import fastifyStatic from "@fastify/static";
import type { FastifyPluginAsync, FastifyReply } from "fastify";

import { DASHBOARD_HEADERS } from "./dashboard-page.ts";

/** In the package `call-log`, the dashboard is beside the bundle that this file is in. */
const PACKED = fileURLToPath(new URL("dashboard", import.meta.url));

/** Where the dashboard's files are: in the package, else the build of apps/dashboard, seen from this file's folder and from its build. */
export const BUILD = existsSync(path.join(PACKED, "index.html"))
  ? PACKED
  : fileURLToPath(new URL("../../../dashboard/dist", import.meta.url));

/** Addresses of the dashboard's screens; each is the one page, which shows the screen by its address. That of one call is a REST route, too. */
export const SCREENS = [
  "/",
  "/audit",
  "/costs",
  "/figures",
  "/place",
  "/refused",
  "/sessions",
  "/settings",
  "/sign-in",
  "/system",
];

const NOT_BUILT = "The dashboard is not built here: npm run build\n";

/** The dashboard's files under `/`: its page for every screen, and what the page loads. */
export function dashboardRoutes(build = BUILD): FastifyPluginAsync {
  return async (server) => {
    const isBuilt = existsSync(build);
    if (isBuilt) {
      const serving = { index: false, setHeaders } as const;
      await server.register(fastifyStatic, { ...serving, root: build, wildcard: false });
      // Files of a build that was made while this process runs are served, too: the page names them from then on.
      await server.register(fastifyStatic, {
        ...serving,
        root: path.join(build, "assets"),
        prefix: "/assets/",
        decorateReply: false,
      });
    }
    for (const screen of SCREENS)
      server.get(screen, async (_request, reply: FastifyReply) =>
        isBuilt
          ? reply.sendFile("index.html")
          : reply.code(404).type("text/plain; charset=utf-8").send(NOT_BUILT),
      );
  };
}

// A file under /assets has a digest of its content in its name; all others may change with the next version.
function setHeaders(reply: FastifyReply, file: string): void {
  const isNamedByContent = file.includes("/assets/");
  const caching = isNamedByContent ? "public, max-age=31536000, immutable" : "no-cache";
  void reply.headers({ ...DASHBOARD_HEADERS, "cache-control": caching });
}
