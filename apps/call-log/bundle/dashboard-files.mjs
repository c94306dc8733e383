import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/**
 * Adds the dashboard's built files to the bundle, under `dashboard/`, where the API looks for them.
 * @param {string} build folder of the built dashboard
 * @returns {import("rollup").Plugin}
 */
export function dashboardFiles(build) {
  return {
    name: "dashboard-files",
    generateBundle() {
      const entries = readdirSync(build, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile());
      if (!files.some(({ name }) => name === "index.html"))
        this.error(`${build} has no page: build the dashboard first`);
      for (const { parentPath, name } of files) {
        const file = path.join(parentPath, name);
        const place = path.relative(build, file).replaceAll(path.sep, "/");
        this.emitFile({
          type: "asset",
          fileName: `dashboard/${place}`,
          source: readFileSync(file),
        });
      }
    },
  };
}
