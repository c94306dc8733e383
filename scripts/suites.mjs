/** Named parts of the tests: arguments for vitest. `npm run test:unit` and the like run one; `npm test` runs everything. */
export const SUITES = {
  /** What needs no server of its own; it is quick, and runs on every supported Node.js. */
  unit: [
    "packages/model",
    "packages/provider",
    "packages/export",
    "packages/mcp",
    "packages/router",
    "packages/client",
    "packages/runtime",
    "packages/testing",
    "packages/embedded-mongo",
    "packages/dispatcher/src/rules",
  ],
  /**
   * What reads and writes MongoDB and Redis; on real ones where MONGODB_URI and REDIS_URL name them. Of the api, what another
   * server could answer otherwise: queries, live reads, the queue. What HTTP alone decides is the same on any server.
   */
  servers: [
    "packages/embedded-mongo/src/differential",
    "packages/embedded-mongo/src/sign-in",
    "packages/store",
    "packages/dispatcher",
    "packages/client/src",
    "apps/api/src/copied-database",
    "apps/api/src/rest-and-trpc",
    "apps/api/src/two-tenants",
    "apps/api/src/callbacks",
    "apps/api/src/health/health",
    "apps/api/src/http/drain",
    "apps/api/src/http/request-id-of-a-call",
    "apps/api/src/queue-board",
    "apps/api/src/rest/audit",
    "apps/api/src/rest/call-actions",
    "apps/api/src/rest/dispatch",
    "apps/api/src/rest/export",
    "apps/api/src/rest/idempotency-header",
    "apps/api/src/rest/wait-routes",
    "apps/api/src/session/session",
    "apps/api/src/sign-in/oidc",
    "apps/api/src/trpc",
    "apps/cli/src/commands/operation/migrate",
    "apps/cli/src/commands/operation/restored",
    "apps/cli/src/import/round-trip",
    "examples/alertmanager",
  ],
  /** A thousand calls through processes that are killed. */
  thousand: ["apps/standalone/e2e/thousand"],
  /** The dashboard in a browser over 100,000 call logs. */
  "hundred-thousand": ["apps/dashboard/e2e/hundred-thousand"],
};
