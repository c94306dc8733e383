import { CallLogError, objectId, onlyKeys } from "@call-log/model";
import type { TRPCRouterRecord } from "@trpc/server";

import { numbersProcedure } from "../procedure.ts";

/** What the callback of one event carried; `event` is its place in the attempt's list. */
export interface PayloadView {
  attempt: number;
  event: number;
  payload: Record<string, string>;
}

/** Attempts more closely than a call log shows them: `payloads`, what callbacks carried. */
export const attemptsRouter = {
  payloads: numbersProcedure
    .input(onlyKeys({ id: objectId }))
    .query(async ({ ctx, input }): Promise<{ payloads: PayloadView[] }> => {
      const record = await ctx.store.calls.find(input.id, ctx.identity.projectId);
      if (record === undefined)
        throw new CallLogError(
          "NOT_FOUND",
          "There is no such call log in the project of this key.",
        );
      const payloads = record.attempts.flatMap(({ number, events }) =>
        events.flatMap(({ payload }, event) =>
          payload === undefined ? [] : [{ attempt: number, event, payload }],
        ),
      );
      return { payloads };
    }),
} satisfies TRPCRouterRecord;
