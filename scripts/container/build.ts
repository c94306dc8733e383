// Builds the image of the Dockerfile without an engine, on Linux as root, and prints its size: see .ci/image, which calls it in a mount namespace of its own.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { copyContext } from "./build-context.ts";
import { buildImage } from "./build-image.ts";
import { output } from "./command.ts";

/** Megabytes above the base image; the sum of the layers, as an engine counts it. */
const LARGEST_MB = 140;

/** Variables of this machine that npm needs to reach its registry. */
const NETWORK = [
  "NODE_EXTRA_CA_CERTS",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
  "HTTPS_PROXY",
  "HTTP_PROXY",
  "NO_PROXY",
];

const folder = process.argv[2]!;
const root = path.join(import.meta.dirname, "../..");
const context = path.join(folder, "context");
copyContext(root, context);
const turbo = path.join(root, ".turbo");
mkdirSync(turbo, { recursive: true });
const registry = output("npm", "config", "get", "registry").trim();
const network = NETWORK.flatMap((name) => {
  const value = process.env[name];
  return value === undefined ? [] : [[name, value] as const];
});

// Root may not own the checkout.
const commit = output("git", "-c", "safe.directory=*", "-C", root, "rev-parse", "HEAD").trim();
const image = buildImage(readFileSync(path.join(root, "Dockerfile"), "utf8"), {
  folder,
  context,
  caches: { "/root/.npm": output("npm", "config", "get", "cache").trim(), "/app/.turbo": turbo },
  args: { SOURCE_COMMIT: commit },
  environment: { ...Object.fromEntries(network), npm_config_registry: registry },
});
writeFileSync(path.join(folder, "image.json"), JSON.stringify(image));

const kilobytes = image.ownLayers.map((layer) => Number(output("du", "-sk", layer).split("\t")[0]));
const size = kilobytes.reduce((sum, one) => sum + one, 0) / 1024;
console.log(`the image has ${size.toFixed(1)} MB over its base (at most ${LARGEST_MB})`);
const [layer] = image.ownLayers;
console.log(output("sh", "-c", `cd "$0" && du -m --max-depth=3 . | sort -rn | head -12`, layer!));
if (size > LARGEST_MB) throw new Error(`the image is larger than ${LARGEST_MB} MB`);
