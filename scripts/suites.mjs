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
  /** What reads and writes MongoDB and Redis; on real ones where MONGODB_URI and REDIS_URL name them. */
  servers: [
    "packages/embedded-mongo/src/differential",
    "packages/embedded-mongo/src/sign-in",
    "packages/store",
    "packages/dispatcher",
    "packages/client",
    "apps/api",
    "apps/cli/src/commands/operation/migrate",
    "apps/cli/src/commands/operation/restored",
    "apps/cli/src/import",
    "examples",
  ],
  /** A thousand calls through processes that are killed. */
  thousand: ["apps/standalone/e2e/thousand"],
  /** The dashboard in a browser over 100,000 call logs. */
  "hundred-thousand": ["apps/dashboard/e2e/hundred-thousand"],
};
