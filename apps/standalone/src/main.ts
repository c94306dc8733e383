import { runProcess } from "@call-log/runtime";

import { readStandaloneConfig } from "./config.ts";
import { startStandalone } from "./standalone.ts";

await runProcess(() => startStandalone(readStandaloneConfig()), { forPeople: true });
