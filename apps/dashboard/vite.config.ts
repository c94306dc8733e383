import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

import { keepAssets } from "./keep-assets.ts";
import { preloadStart } from "./preload-start.ts";

/** Where `npm run dev` finds the api. */
const API = "http://127.0.0.1:3000";

export default defineConfig({
  plugins: [react(), keepAssets(), preloadStart()],
  resolve: { conditions: ["source", "module", "browser", "import", "default"] },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    // The first screen is one file; its size, compressed, is held by a test.
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      input: { index: "index.html", "shell-worker": "shell-worker/shell-worker.ts" },
      output: {
        // A service worker has one address for ever, above the pages that it serves.
        entryFileNames: ({ name }) =>
          name === "shell-worker" ? "[name].js" : "assets/[name]-[hash].js",
        // In one file, so that no schema of a shared file is made before zod is told to do without eval.
        // The metadata of phone numbers is in a file of its own, too: the first screen does without.
        codeSplitting: {
          groups: [
            { name: "zod", test: /[\\/]zod[\\/]|zod-without-eval/, priority: 1 },
            {
              name: "language",
              test: /language[\\/](?:compile-text|languages|load-language|translate)\.ts$|@lingui|@messageformat|[\\/]moo[\\/]/,
              priority: 2,
            },
            // All that the first screen needs, which the entry loads when it knows the language.
            { name: "start", test: /src[\\/]start\.tsx$/ },
            {
              name: "phone-numbers",
              test: /libphonenumber-js|model[\\/]src[\\/]phone/,
              priority: 1,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { "/api": API, "/trpc": API, "/session": API, "/oidc": API, "/docs": API } },
});
