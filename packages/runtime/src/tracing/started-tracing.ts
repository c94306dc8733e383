import type { Tracing } from "@call-log/dispatcher";

import type { TracingSettings } from "./tracing-settings.ts";

/** What a process needs to make traces. */
export interface TracingOptions {
  /** What the process is: `api`, `worker` or `standalone`. */
  role: string;
  settings: TracingSettings;
  /** Called after each try to send spans, with the error where they could not be sent. */
  onExport: (error?: unknown) => void;
}

/** Makes spans until it is closed, which sends the last ones. */
export interface StartedTracing extends Tracing {
  close(): Promise<void>;
}
