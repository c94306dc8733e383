import { subscribe } from "node:diagnostics_channel";
import { appendFileSync } from "node:fs";
import path from "node:path";

import { FEATURE_CHANNEL } from "@call-log/embedded-mongo";

/** Name of the files, one for each process, of what the tests ask the embedded MongoDB for. */
export const FEATURES_SUFFIX = ".features";

const seen = new Set<unknown>();
let isKeeping = false;

/** Keep what is asked of the embedded MongoDB in this process, each feature once, for the end of the run. */
export function keepFeatures(): void {
  const folder = process.env["SUITE_LOG_DIR"];
  if (folder === undefined || isKeeping) return;
  isKeeping = true;
  const file = path.join(folder, `${process.pid}${FEATURES_SUFFIX}`);
  subscribe(FEATURE_CHANNEL, (feature) => {
    if (seen.has(feature)) return;
    seen.add(feature);
    appendFileSync(file, `${String(feature)}\n`);
  });
}
