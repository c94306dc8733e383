import { runProcess } from "@call-log/runtime";

import { startApi } from "./api-process.ts";
import { readApiConfig } from "./config.ts";

await runProcess(() => startApi(readApiConfig()));
