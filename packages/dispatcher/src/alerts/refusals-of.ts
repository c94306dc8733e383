import { CallLogError, type CallRequest, newCallLogId } from "@call-log/model";

import { type Checking, checkRequest, readTerms } from "../accept/check-request.ts";

/** Why each of these requests would be refused now, or undefined; nothing is written. */
export async function refusalsOf(
  context: Checking,
  projectId: string,
  requests: readonly CallRequest[],
): Promise<(CallLogError | undefined)[]> {
  const numbers = requests.map(({ toNumber }) => toNumber);
  const terms = await readTerms(context, projectId, numbers);
  return requests.map((request) => {
    try {
      checkRequest(context, terms, {
        callLogId: newCallLogId({ projectId }),
        request,
        mayMove: false,
      });
      return undefined;
    } catch (error) {
      if (error instanceof CallLogError) return error;
      throw error;
    }
  });
}
