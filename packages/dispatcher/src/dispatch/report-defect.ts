import type { DispatchContext } from "../context/dispatch-context.ts";
import type { LogFields } from "../context/log.ts";
import { errorFields } from "../context/log.ts";

/** Count and log a bug of ours that kept a call from being sent; it affects every similar call until it is fixed. */
export function reportDefect(
  { metrics, log }: Pick<DispatchContext, "metrics" | "log">,
  fields: LogFields,
  error: unknown,
): void {
  metrics.add("defects");
  log.error({ ...fields, ...errorFields(error) }, "a defect of ours: a call was not sent");
}
