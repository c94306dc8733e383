import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { appendFileSync } from "node:fs";
import path from "node:path";

import { FEATURE_CHANNEL } from "@call-log/embedded-mongo";

const seen = new Set<unknown>();

/** Write what is asked of the embedded MongoDB in this process to a file, each feature once, until `stop` is called. */
export function keepFeatures(): { stop: () => void } {
  const folder = process.env["SUITE_LOG_DIR"];
  if (folder === undefined) return { stop: () => {} };
  const file = path.join(folder, `${process.pid}.features`);
  const keep = (feature: unknown) => {
    if (seen.has(feature)) return;
    seen.add(feature);
    appendFileSync(file, `${String(feature)}\n`);
  };
  subscribe(FEATURE_CHANNEL, keep);
  return { stop: () => void unsubscribe(FEATURE_CHANNEL, keep) };
}
