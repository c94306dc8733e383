import { runProcess } from "@call-log/runtime";

import { readStandaloneConfig } from "./config.ts";
import { startStandalone } from "./standalone.ts";

/** Run this process as API and worker on embedded servers, until a signal stops it. */
export async function runStandalone(): Promise<void> {
  await runProcess(() => startStandalone(readStandaloneConfig()), {
    forPeople: true,
    role: "standalone",
  });
}
