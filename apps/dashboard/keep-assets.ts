import { readdir, rm, stat } from "node:fs/promises";
import path from "node:path";

import type { Plugin } from "vite";

const DAY_MS = 86_400_000;
/** How long the files of an earlier build stay for the pages that were opened with it. */
const KEPT_DAYS = 30;

/** Keep the hashed files of earlier builds in the output for 30 days, so that an open page finds what it loads late. */
export function keepAssets(now = Date.now): Plugin {
  return {
    name: "keep-assets",
    apply: "build",
    config: () => ({ build: { emptyOutDir: false } }),
    async writeBundle({ dir = "" }, bundle) {
      const folder = path.join(dir, "assets");
      const fresh = new Set(Object.keys(bundle).map((file) => path.basename(file)));
      for (const file of await readdir(folder)) {
        const { mtimeMs } = await stat(path.join(folder, file));
        const isOld = now() - mtimeMs > KEPT_DAYS * DAY_MS;
        if (isOld && !fresh.has(file)) await rm(path.join(folder, file));
      }
    },
  };
}
