// One file for each entry, with what it needs of the workspace in it: the package installs no server.
import { readFileSync } from "node:fs";

import { nodeResolve } from "@rollup/plugin-node-resolve";
import { dts } from "rollup-plugin-dts";

import { declaredOnly } from "./bundle/declared-only.mjs";
import { thirdPartyLicenses } from "./bundle/third-party-licenses.mjs";

const manifest = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));

/** Bundled: the workspace's own packages, which are not published, and what is far larger than the part in use. */
const BUNDLED = [/^@call-log\//, "libphonenumber-js", "uuid"];

/** The entries, where `tsc` has put each module on its own. */
const entries = (extension) => ({
  index: `dist/modules/index.${extension}`,
  queue: `dist/modules/queue.${extension}`,
});

/** Whose types the router's types name. The build fails when one is missing here. */
const TYPES_FROM = ["model", "store", "provider", "dispatcher", "router"];

export default [
  {
    input: entries("js"),
    output: { dir: "dist", chunkFileNames: "[name].js" },
    plugins: [
      nodeResolve({ resolveOnly: BUNDLED }),
      thirdPartyLicenses(),
      declaredOnly(manifest, ["queue"]),
    ],
  },
  {
    input: entries("d.ts"),
    output: { dir: "dist", chunkFileNames: "[name].ts" },
    plugins: [
      dts({
        tsconfig: "tsconfig.build.json",
        includeExternal: TYPES_FROM.map((name) => `@call-log/${name}`),
      }),
      declaredOnly(manifest, ["queue"]),
    ],
  },
];
