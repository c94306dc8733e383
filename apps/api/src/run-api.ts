import { runProcess } from "@call-log/runtime";

import { startApi } from "./api-process.ts";
import { readApiConfig } from "./config.ts";

/** Run this process as an API, until a signal stops it. */
export async function runApi(): Promise<void> {
  await runProcess(() => startApi(readApiConfig()), { role: "api" });
}
