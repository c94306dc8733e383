import { readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";

/**
 * Adds the files of a folder to the bundle, with their paths in it.
 * @param {string} folder where they are
 * @param {{ place: string, needed: string }} options the folder of the bundle, and a file without which the build fails
 * @returns {import("rollup").Plugin}
 */
export function folderFiles(folder, { place, needed }) {
  return {
    name: "folder-files",
    // What an earlier build had is not published.
    renderStart({ dir }) {
      rmSync(path.join(dir, place), { recursive: true, force: true });
    },
    generateBundle() {
      const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile());
      if (!files.some(({ name }) => name === needed))
        this.error(`${folder} has no ${needed}: build it first`);
      for (const { parentPath, name } of files) {
        const file = path.join(parentPath, name);
        const inFolder = path.relative(folder, file).replaceAll(path.sep, "/");
        this.emitFile({
          type: "asset",
          fileName: `${place}/${inFolder}`,
          source: readFileSync(file),
        });
      }
    },
  };
}
