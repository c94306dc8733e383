import type { CallRecord } from "@call-log/model";

import type { DispatchContext } from "../context/dispatch-context.ts";
import { errorFields } from "../context/log.ts";
import type { ProviderAnswer } from "../rules/apply-answer.ts";

/**
 * Remember that a provider does not let a project call from a number, or forget it once it does. Before the answer is recorded, since the
 * next attempt goes by it. Never rejects: without it the next attempt is refused once more, and nothing is dialled.
 */
export async function noteRefusedNumber(
  context: Pick<DispatchContext, "numberRefusals" | "log">,
  { provider, result }: Pick<ProviderAnswer, "provider" | "result">,
  { projectId, fromNumber }: Pick<CallRecord, "projectId" | "fromNumber">,
): Promise<void> {
  const { numberRefusals, log } = context;
  const number = { projectId, provider, fromNumber };
  try {
    if (result.kind === "rejected" && result.errorClass === "fromNumber") {
      const { errorCode, errorMessage } = result;
      const reason = errorCode === undefined ? errorMessage : `${errorMessage} (${errorCode})`;
      await numberRefusals.note({ ...number, reason });
      log.warn({ provider, projectId, errorCode }, "a provider refuses a from-number of a project");
    }
    if (result.kind !== "accepted") return;
    const known = await numberRefusals.of(projectId);
    if (known.some((one) => one.provider === provider && one.fromNumber === fromNumber))
      await numberRefusals.clear(number);
  } catch (error) {
    log.warn({ provider, projectId, ...errorFields(error) }, "a refused number was not noted");
  }
}
