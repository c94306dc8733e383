import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import type { Closable } from "../closing-stack.ts";
import { StartError } from "../start-error.ts";
import { hasBearerToken } from "./bearer-token.ts";

/** What a probe reads: 200 when it is ok, else 503. */
export interface HealthAnswer {
  ok: boolean;
  body: Readonly<Record<string, unknown>>;
}

/** What is served beside the work of a process. */
export interface OperationsRoutes {
  /** Whether the process makes progress; a supervisor restarts one that does not. */
  live(): HealthAnswer;
  /** Whether it can work now. */
  ready(): Promise<HealthAnswer>;
  /** All metrics in Prometheus' text format. */
  metrics(): Promise<MetricsText>;
}

/** A scrape. */
export interface MetricsText {
  contentType: string;
  text: string;
}

/** Where the routes are served, and the token that `/metrics` requires; without one it requires none. */
export interface OperationsPlace {
  port: number;
  host: string;
  token?: string | undefined;
}

/** A listening server of metrics and health. */
export interface OperationsServer extends Closable {
  /** Base address, without a slash at its end. */
  url: string;
  close(): Promise<void>;
}

interface Answer {
  status: number;
  text: string;
  contentType?: string;
  headers?: Readonly<Record<string, string>>;
}

/** Time in which a request arrives; whole requests are some hundred bytes. */
const REQUEST_MS = 5000;
/** Scrapers and probes are few. */
const MAX_CONNECTIONS = 100;

/** Serve `/metrics`, `/health/live` and `/health/ready` on a port of their own. Throws a StartError when the port is taken. */
export async function startOperationsServer(
  routes: OperationsRoutes,
  { port, host, token }: OperationsPlace,
): Promise<OperationsServer> {
  const server = createServer(
    { headersTimeout: REQUEST_MS, requestTimeout: REQUEST_MS, connectionsCheckingInterval: 1000 },
    (request, response) => void respond(request, response, answerOf(request, { routes, token })),
  );
  server.maxConnections = MAX_CONNECTIONS;
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (cause) {
    throw new StartError(explain(cause as NodeJS.ErrnoException, { port, host }), { cause });
  }
  const bound = server.address() as AddressInfo;
  return {
    url: urlOf(host, bound.port),
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answerOf(
  { method, url = "/", headers }: IncomingMessage,
  { routes, token }: { routes: OperationsRoutes; token: string | undefined },
): Promise<Answer> {
  const [path] = url.split("?");
  if (path !== "/metrics" && path !== "/health/live" && path !== "/health/ready")
    return json(404, { message: "allowed: /metrics, /health/live, /health/ready" });
  if (method !== "GET" && method !== "HEAD")
    return { ...json(405, { message: "allowed: GET" }), headers: { allow: "GET, HEAD" } };
  if (path === "/health/live") return health(routes.live());
  if (path === "/health/ready") return health(await routes.ready());
  if (token !== undefined && !hasBearerToken(headers.authorization, token)) return UNAUTHORIZED;
  const { contentType, text } = await routes.metrics();
  return { status: 200, contentType, text };
}

const UNAUTHORIZED: Answer = {
  ...json(401, { message: "METRICS_TOKEN is required as a bearer token" }),
  headers: { "www-authenticate": "Bearer" },
};

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answered: Promise<Answer>,
): Promise<void> {
  const answer = await answered.catch(() => json(503, { message: "not available now" }));
  const { status, text, contentType = "application/json; charset=utf-8", headers } = answer;
  response.writeHead(status, {
    "content-type": contentType,
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...headers,
  });
  response.end(request.method === "HEAD" ? undefined : text);
}

function health({ ok, body }: HealthAnswer): Answer {
  return json(ok ? 200 : 503, body);
}

function json(status: number, body: object): Answer {
  return { status, text: JSON.stringify(body) };
}

function explain(
  { code, message }: NodeJS.ErrnoException,
  { port, host }: Pick<OperationsPlace, "port" | "host">,
): string {
  if (code === "EADDRINUSE") return `METRICS_PORT: ${port} is taken; set another one`;
  if (code === "EACCES") return `METRICS_PORT: ${port} may not be used by this user`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return `HOST: ${host} is not an address of this machine`;
  return `METRICS_PORT: ${message}`;
}

function urlOf(host: string, port: number): string {
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}
