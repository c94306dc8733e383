import { defineConfig } from "vitest/config";

// `source` makes workspace packages resolve to their TypeScript, so tests need no build.
// Without `module`, which Node.js does not know: a package may have files for bundlers there that it can't load.
const conditions = ["source", "node", "import", "default"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: ["source"] } },
  test: {
    include: ["{packages,apps,bench,chaos,examples,docs}/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**"],
    // By the condition "source" a dependency of the MCP client resolves to TypeScript, which Node.js does not load from node_modules.
    server: { deps: { inline: [/\/client\/streamableHttp\.js/, /\/eventsource-parser\//] } },
    setupFiles: ["./vitest.setup.ts"],
    globalSetup: ["./vitest.global.ts"],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // As long as `waitFor` of packages/testing; the default is a second.
    expect: { poll: { timeout: 240_000 } },
    maxWorkers: 2,
    // Files of one worker share their modules: loading them for each file takes longer than most tests.
    isolate: false,
    coverage: {
      provider: "v8",
      reporter: ["text-summary", "html", "lcov"],
      exclude: ["**/*.contract.ts", "**/testing/**", "packages/testing/**", "**/e2e/**"],
    },
  },
});
