import { MAX_REQUESTS } from "@call-log/dispatcher";
import {
  CallLogError,
  isAllowed,
  objectId,
  onlyKeys,
  permissionsFor,
  queryInput,
} from "@call-log/model";
import type { ProjectIdentity } from "@call-log/store";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";

import { dispatchProcedure } from "../procedure.ts";
import { BULK_ACTS, type BulkScope } from "./bulk-acts.ts";
import { planBulk } from "./plan-bulk.ts";
import { runBulk, undoBulk } from "./run-bulk.ts";

const scope = {
  act: z.enum(BULK_ACTS),
  query: queryInput,
  withReached: z.boolean({ error: "must be true or false" }).default(false),
};
const id = objectId;
const cursor = z
  .string({ error: "must be the nextCursor of the step before" })
  .max(1000)
  .optional();
const ids = z
  .array(objectId)
  .min(1, { error: "must hold at least one id" })
  .max(MAX_REQUESTS, { error: `must hold at most ${MAX_REQUESTS} ids` });

/** Acts on many calls: `plan` says before what each would do, `run` does the next step of one, `undo` cancels what it has not dialled yet. */
export const bulkRouter = {
  plan: dispatchProcedure.input(onlyKeys(scope)).query(({ ctx, input }) => {
    requireReading(ctx.identity);
    return planBulk(ctx, input);
  }),
  run: dispatchProcedure
    .input(onlyKeys({ ...scope, id, cursor }))
    .mutation(({ ctx, input: { id: act, cursor: from, ...wanted } }) => {
      requireReading(ctx.identity);
      return runBulk(ctx, { id: act, scope: wanted satisfies BulkScope, cursor: from });
    }),
  undo: dispatchProcedure
    .input(onlyKeys({ id, ids }))
    .mutation(({ ctx, input }) => undoBulk(ctx, input)),
} satisfies TRPCRouterRecord;

// The number of calls that a query finds tells what is in them.
function requireReading({ permissions }: ProjectIdentity): void {
  if (isAllowed(permissions, "read")) return;
  throw new CallLogError(
    "FORBIDDEN",
    `This needs a key that may also read, by one of the permissions: ${permissionsFor("read").join(", ")}.`,
  );
}
