import type { Provider } from "@call-log/provider";
import type { RouterServices } from "@call-log/router";
import type { LimitSettings, OidcSettings, ProcessMetrics, Secrets } from "@call-log/runtime";
import type { FastifyBaseLogger } from "fastify";

import type { Timeouts } from "./http/timeouts.ts";
import type { FailedKeys } from "./limits/failed-keys.ts";
import type { RequestLimit } from "./limits/request-limit.ts";

/** Dependencies of the server. */
export interface ApiDependencies extends Omit<RouterServices, "onUnexpectedError" | "streams"> {
  /** Provider accounts by name, for reading their callbacks. */
  providers: Readonly<Record<string, Provider>>;
  /** Base of the addresses that a provider calls back, without a slash at its end; signatures are checked over it, never over a request's own headers. */
  callbackBaseOf: (provider: string) => string | undefined;
  /** The keys that callback addresses are signed with. */
  secrets: Secrets;
  /** Reverse proxies whose `X-Forwarded-*` headers are believed. */
  trustProxy?: string[] | undefined;
  /** The identity provider that people sign in at, where there is one. */
  oidc?: OidcSettings | undefined;
  /** The log of the process; ids only, no numbers, texts or keys. */
  log: FastifyBaseLogger;
  /** Whether each request is a line of the log. @defaultValue true */
  accessLog?: boolean | undefined;
  /** Counts requests. @defaultValue nothing is counted */
  metrics?: ProcessMetrics | undefined;
  /** Serve `/metrics` for this bearer token. @defaultValue there is no such route */
  metricsToken?: string | undefined;
  /** @defaultValue no limits */
  limits?: Partial<LimitSettings>;
  /** Addresses under which browsers reach the dashboard, beside the `Host` of their requests. */
  ownUrls?: readonly (string | undefined)[];
  /** Folder of the built dashboard. @defaultValue the build of this checkout */
  dashboardBuild?: string;
  /** @defaultValue `TIMEOUTS` */
  timeouts?: Timeouts;
}

/** Dependencies of the routes: those of the server, and its limits. */
export interface ApiServices extends ApiDependencies, Pick<RouterServices, "streams"> {
  failedKeys: FailedKeys;
  requestLimit: RequestLimit;
}
