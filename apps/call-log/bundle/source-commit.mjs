import path from "node:path";

const MODULE = path.join("model", "dist", "installation", "release.js");
const UNKNOWN = "SOURCE_COMMIT = undefined";

/**
 * Writes the commit that is built into the bundle, where the model leaves it open.
 * @param {string | undefined} commit nothing is written without it
 * @returns {import("rollup").Plugin}
 */
export function sourceCommit(commit) {
  return {
    name: "source-commit",
    transform(code, id) {
      if (!commit || !id.endsWith(MODULE)) return null;
      if (!code.includes(UNKNOWN)) this.error(`${id} has no "${UNKNOWN}" to replace`);
      return {
        code: code.replace(UNKNOWN, `SOURCE_COMMIT = ${JSON.stringify(commit)}`),
        map: null,
      };
    },
  };
}
