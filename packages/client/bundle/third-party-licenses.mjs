import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const PACKAGE_FOLDER = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/;

/**
 * Adds `third-party-licenses.txt` to the bundle: the licence of each package that is bundled.
 * @returns {import("rollup").Plugin}
 */
export function thirdPartyLicenses() {
  return {
    name: "third-party-licenses",
    generateBundle(_options, bundle) {
      const files = Object.values(bundle).flatMap(({ moduleIds }) => moduleIds ?? []);
      const folders = new Set(files.flatMap((file) => PACKAGE_FOLDER.exec(file) ?? []));
      const source = [...folders].toSorted().map(licenseOf).join("\n\n---\n\n");
      this.emitFile({ type: "asset", fileName: "third-party-licenses.txt", source });
    },
  };
}

function licenseOf(folder) {
  const { name, version } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  const file = ["LICENSE", "LICENSE.md"].map((one) => path.join(folder, one)).find(existsSync);
  if (file === undefined) throw new Error(`${name} has no licence to ship with the bundle`);
  return `${name} ${version}\n\n${readFileSync(file, "utf8").trim()}\n`;
}
