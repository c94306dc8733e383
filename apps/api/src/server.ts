import compress from "@fastify/compress";
import cookie from "@fastify/cookie";
import Fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from "fastify";

import { alertRoutes } from "./alerts/alert-routes.ts";
import type { ApiDependencies, ApiServices } from "./api-dependencies.ts";
import { callbackRoutes } from "./callbacks/callback-routes.ts";
import { type DashboardPage, dashboardPage } from "./dashboard/dashboard-page.ts";
import { BUILD, dashboardRoutes } from "./dashboard/dashboard-routes.ts";
import { answerClientError } from "./errors/client-error.ts";
import { errorReply, notFoundReply, refuseUnknownRoute } from "./errors/error-reply.ts";
import { healthRoutes } from "./health/health-routes.ts";
import { metricsRoute } from "./health/metrics-route.ts";
import { versionRoutes } from "./health/version-routes.ts";
import { logAccess, logRefused } from "./http/access-log.ts";
import { decorateDrain } from "./http/drain.ts";
import { answerRequestIds, REQUEST_ID_HEADER, requestIdOf } from "./http/request-id.ts";
import { measureRequests } from "./http/request-metrics.ts";
import { traceRequests } from "./http/request-span.ts";
import { RESPONSE_HEADERS, secureResponses } from "./http/response-headers.ts";
import { TIMEOUTS, timeoutOptions } from "./http/timeouts.ts";
import { withLimits } from "./limits/with-limits.ts";
import { mcpRoutes } from "./mcp/mcp-routes.ts";
import { docsRoutes } from "./openapi/docs-routes.ts";
import { queueBoardRoutes } from "./queue-board/queue-board-routes.ts";
import { decorateIdentity } from "./request/request-identity.ts";
import { exportRoutes } from "./rest/export-routes.ts";
import { figuresCsvRoute } from "./rest/figures-csv-route.ts";
import { parseJsonBodies } from "./rest/json-body.ts";
import { restPlugin } from "./rest/rest-plugin.ts";
import { decorateOwnHosts } from "./session/same-origin.ts";
import { sessionRoutes } from "./session/session-routes.ts";
import { oidcRoutes } from "./sign-in/oidc-routes.ts";
import { trpcRoutes } from "./trpc/trpc-routes.ts";

/** Largest body, in bytes, before and after decompression. */
const BODY_LIMIT = 1_048_576;

/** The HTTP server with every route; it does not listen yet. */
export async function buildServer(dependencies: ApiDependencies): Promise<FastifyInstance> {
  const server = Fastify(serverOptions(dependencies));
  server.addHttpMethod("GET", { hasBody: true, overrideExisting: true });
  server.setErrorHandler(errorReply);
  server.setNotFoundHandler(notFoundReply);
  answerRequestIds(server);
  traceRequests(server, dependencies.dispatcher.context.tracing);
  if (dependencies.accessLog !== false) logAccess(server);
  secureResponses(server);
  if (dependencies.metrics !== undefined) measureRequests(server, dependencies.metrics);
  decorateDrain(server, timeoutsOf(dependencies));
  const page = dashboardPage(dependencies.dashboardBuild ?? BUILD);
  server.addHook("onRequest", refuseUnknownRoute(page));
  // Streams have no end of their own, and closing waits for what is under way.
  server.addHook("preClose", async () => dependencies.feed.close());
  decorateIdentity(server);
  decorateOwnHosts(server, dependencies.ownUrls ?? []);
  const services = await withLimits(server, dependencies);
  await registerRoutes(server, dependencies, { services, page });
  return server;
}

function timeoutsOf({ timeouts = TIMEOUTS }: ApiDependencies) {
  return timeouts;
}

function serverOptions(dependencies: ApiDependencies) {
  return {
    ...timeoutOptions(timeoutsOf(dependencies)),
    bodyLimit: BODY_LIMIT,
    trustProxy: dependencies.trustProxy ?? false,
    genReqId: requestIdOf,
    loggerInstance: dependencies.log,
    // Fastify's own two lines for a request hold its address, and with it secrets: `logAccess` writes one.
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: "requestId",
    }),
    childLoggerFactory: (logger, bindings) => logger.child(bindings, { serializers: SERIALIZERS }),
    forceCloseConnections: "idle",
    // What has arrived is answered.
    return503OnClosing: false,
    // These come before the hooks.
    frameworkErrors: (error, request, reply) => {
      const headers = { ...RESPONSE_HEADERS, [REQUEST_ID_HEADER]: request.id };
      const answer = errorReply(error, request, reply.headers(headers));
      if (dependencies.accessLog !== false) logRefused(request, answer);
    },
    clientErrorHandler: answerClientError,
    routerOptions: { caseSensitive: false, ignoreTrailingSlash: true, maxParamLength: 2000 },
  } satisfies FastifyServerOptions;
}

async function registerRoutes(
  server: FastifyInstance,
  dependencies: ApiDependencies,
  { services, page }: { services: ApiServices; page: DashboardPage | undefined },
): Promise<void> {
  await server.register(compress, {
    threshold: 2048,
    encodings: ["gzip"],
    requestEncodings: ["gzip", "identity"],
  });
  await server.register(cookie);
  parseJsonBodies(server);
  await server.register(healthRoutes(dependencies));
  const { metrics, metricsToken } = dependencies;
  if (metrics !== undefined && metricsToken !== undefined)
    await server.register(metricsRoute(metrics, metricsToken));
  await server.register(versionRoutes());
  await server.register(docsRoutes());
  await server.register(sessionRoutes(services));
  if (dependencies.oidc !== undefined)
    await server.register(oidcRoutes(services, dependencies.oidc));
  await server.register(dashboardRoutes(dependencies.dashboardBuild));
  await server.register(restPlugin(services, page));
  await server.register(trpcRoutes(services), { prefix: "/trpc" });
  await server.register(mcpRoutes(services));
  await server.register(exportRoutes(services), { prefix: "/export" });
  await server.register(figuresCsvRoute(services), { prefix: "/export" });
  await server.register(queueBoardRoutes(services), { prefix: "/queues" });
  await server.register(alertRoutes(services));
  await server.register(callbackRoutes(dependencies), { prefix: "/hooks" });
}

// Neither address nor headers: callback addresses hold a secret, headers the key.
const SERIALIZERS = { req: ({ method }: { method: string }) => ({ method }) };
