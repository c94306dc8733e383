import type { DispatchContext } from "../context/dispatch-context.ts";
import { errorFields } from "../context/log.ts";

/**
 * File the lines of the audit trail that crashed processes left on documents; what fails is logged, and looked at again
 * in the next round.
 */
export async function fileAuditLines({
  audit,
  log,
}: Pick<DispatchContext, "audit" | "log">): Promise<void> {
  try {
    const filed = await audit.fileLeft();
    if (filed > 0) log.info({ filed }, "lines of the audit trail were filed late");
  } catch (error) {
    log.error(errorFields(error), "lines of the audit trail could not be filed");
  }
}
