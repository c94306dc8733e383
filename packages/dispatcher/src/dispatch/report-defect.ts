import type { DispatchContext } from "../context/dispatch-context.ts";
import type { LogFields } from "../context/log.ts";
import { errorFields } from "../context/log.ts";

/** Count and log that our own code failed before anything was sent: it fails every call like this one until it is mended. */
export function reportDefect(
  { metrics, log }: Pick<DispatchContext, "metrics" | "log">,
  fields: LogFields,
  error: unknown,
): void {
  metrics.add("defects");
  log.error({ ...fields, ...errorFields(error) }, "a defect of ours: a call was not sent");
}
