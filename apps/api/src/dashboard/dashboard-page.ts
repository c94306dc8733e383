import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import type { FastifyReply, FastifyRequest } from "fastify";

import { headerValues } from "../request/header-values.ts";

/** Headers of the dashboard's files. */
export const DASHBOARD_HEADERS = {
  "content-security-policy":
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'self'; frame-ancestors 'none'; object-src 'none'; form-action 'self'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** What programs ask for; no browser is shown a page there. */
const FOR_PROGRAMS = /^\/(api|assets|docs|export|health|hooks|session|trpc|version)(\/|\?|$)/i;

/** The dashboard's one page, for a browser that asks for an address which programs ask for, too. */
export interface DashboardPage {
  /** Whether a browser asks for a page: without a key, and for HTML. */
  isAskedFor(request: FastifyRequest): boolean;
  send(reply: FastifyReply): FastifyReply;
}

/** The page of a build; undefined where the dashboard is not built. */
export function dashboardPage(build: string): DashboardPage | undefined {
  const file = path.join(build, "index.html");
  if (!existsSync(file)) return undefined;
  let html = readFileSync(file);
  return {
    isAskedFor: (request) =>
      (request.method === "GET" || request.method === "HEAD") &&
      (request.headers.accept ?? "").includes("text/html") &&
      headerValues(request, "apikey").length === 0 &&
      !FOR_PROGRAMS.test(request.url),
    send(reply) {
      // A build that was made while this process runs has other files; in the moment between two there is no page.
      if (existsSync(file)) html = readFileSync(file);
      return reply
        .headers({ ...DASHBOARD_HEADERS, "cache-control": "no-cache" })
        .type("text/html; charset=utf-8")
        .send(html);
    },
  };
}
