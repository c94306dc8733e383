// One program with what it needs of the workspace in it; what comes from npm is installed beside it.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { nodeResolve } from "@rollup/plugin-node-resolve";

import { declaredOnly } from "../../packages/client/bundle/declared-only.mjs";
import { thirdPartyLicenses } from "../../packages/client/bundle/third-party-licenses.mjs";
import { folderFiles } from "./bundle/folder-files.mjs";
import { sourceCommit } from "./bundle/source-commit.mjs";

const manifest = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));
const dashboard = fileURLToPath(new URL("../dashboard/dist", import.meta.url));
const deploy = fileURLToPath(new URL("../../deploy", import.meta.url));

/** Files for the operator's own servers, each folder with one of its files; those of containers are of use in a checkout alone. */
const DEPLOY_FILES = {
  caddy: "Caddyfile",
  grafana: "call-log.json",
  nginx: "call-log.conf",
  prometheus: "alerts.yml",
  systemd: "call-log-api@.service",
};

/** Bundled: the workspace's own packages, what is far larger than the part in use, or brings servers of its own, and tRPC, whose peer is a compiler. */
const BUNDLED = [
  /^@call-log\//,
  /^@trpc\//,
  "@modelcontextprotocol/sdk",
  "libphonenumber-js",
  "uuid",
  "zod",
  "zod-to-json-schema",
];

export default {
  input: { main: "dist/modules/main.js" },
  output: { dir: "dist", chunkFileNames: "[name].js" },
  plugins: [
    nodeResolve({ resolveOnly: BUNDLED }),
    sourceCommit(process.env["SOURCE_COMMIT"]),
    thirdPartyLicenses(),
    declaredOnly(manifest, []),
    folderFiles(dashboard, { place: "dashboard", needed: "index.html" }),
    ...Object.entries(DEPLOY_FILES).map(([name, needed]) =>
      folderFiles(`${deploy}/${name}`, { place: `deploy/${name}`, needed }),
    ),
  ],
};
