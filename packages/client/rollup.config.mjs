// One file an entry, with what it needs of the workspace in it: whoever installs the client installs no server.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { nodeResolve } from "@rollup/plugin-node-resolve";
import { dts } from "rollup-plugin-dts";

/** Bundled, as they are not published, or far larger than what is used of them. */
const BUNDLED = [/^@call-log\//, "libphonenumber-js", "uuid"];

/** Where `tsc` has put each module on its own. */
const modules = (extension) => ({
  index: `dist/modules/index.${extension}`,
  queue: `dist/modules/queue.${extension}`,
});

/** The licences of all packages that are bundled, as those demand. */
function thirdPartyLicenses() {
  return {
    name: "third-party-licenses",
    generateBundle(_options, bundle) {
      const files = Object.values(bundle).flatMap(({ moduleIds }) => moduleIds ?? []);
      const roots = new Set(
        files.flatMap((file) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []),
      );
      const source = [...roots].toSorted().map(licenseOf).join("\n\n---\n\n");
      this.emitFile({ type: "asset", fileName: "third-party-licenses.txt", source });
    },
  };
}

function licenseOf(root) {
  const { name, version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  const file = ["LICENSE", "LICENSE.md"].map((one) => path.join(root, one)).find(existsSync);
  if (file === undefined) throw new Error(`${name} has no licence to ship with the bundle`);
  return `${name} ${version}\n\n${readFileSync(file, "utf8").trim()}\n`;
}

export default [
  {
    input: modules("js"),
    output: { dir: "dist", chunkFileNames: "[name].js" },
    plugins: [nodeResolve({ resolveOnly: BUNDLED }), thirdPartyLicenses()],
  },
  {
    input: modules("d.ts"),
    output: { dir: "dist", chunkFileNames: "[name].ts" },
    plugins: [
      dts({
        tsconfig: "tsconfig.build.json",
        includeExternal: [
          "@call-log/model",
          "@call-log/router",
          "@call-log/store",
          "@call-log/dispatcher",
          "@call-log/provider",
        ],
      }),
    ],
  },
];
