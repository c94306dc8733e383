import {
  CallLogError,
  isAllowed,
  isStillComing,
  objectId,
  onlyKeys,
  phoneNumber,
  stillComing,
} from "@call-log/model";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";

import type { RouterContext } from "../context.ts";
import { readProcedure } from "../procedure.ts";
import { incidentSummary } from "./incident-summary.ts";
import { personSummary } from "./person-summary.ts";
import { readStories, type Stories } from "./read-stories.ts";

const whom = z.union([onlyKeys({ toNumber: phoneNumber }), onlyKeys({ userId: objectId })]);

/** A person as calls know them: `get`, by a number or by the id of the related user. */
export const peopleRouter = {
  get: readProcedure.input(whom).query(async ({ ctx, input }) => {
    const { projectId, permissions } = ctx.identity;
    const { calls, count } = await readStories(ctx.reader, {
      projectId,
      query: input,
      direction: -1,
    });
    const summary = personSummary(calls);
    const numbers = "toNumber" in input ? [input.toNumber] : summary.toNumbers;
    const blocked = isAllowed(permissions, "see-numbers")
      ? await blockedAmong(ctx, projectId, numbers)
      : [];
    return { ...summary, blockedNumbers: blocked, count, read: calls.length, calls };
  }),
} satisfies TRPCRouterRecord;

/** An incident as calls know it: `get`, all calls that were placed for it, and those of them that still come. */
export const incidentsRouter = {
  get: readProcedure.input(onlyKeys({ incidentId: objectId })).query(async ({ ctx, input }) => {
    const { projectId } = ctx.identity;
    const { calls, count } = await readStories(ctx.reader, {
      projectId,
      query: input,
      direction: 1,
    });
    if (count === 0) throw new CallLogError("NOT_FOUND", "There is no call of this incident.");
    const coming: Stories =
      count > calls.length
        ? await readStories(ctx.reader, {
            projectId,
            query: stillComing(input.incidentId),
            direction: 1,
          })
        : comingAmong(calls);
    return { ...incidentSummary(calls), count, read: calls.length, calls, coming };
  }),
} satisfies TRPCRouterRecord;

function comingAmong(all: Stories["calls"]): Stories {
  const calls = all.filter(isStillComing);
  return { calls, count: calls.length };
}

async function blockedAmong(
  { store }: Pick<RouterContext, "store">,
  projectId: string,
  numbers: readonly string[],
): Promise<string[]> {
  return [...(await store.doNotCall.among(projectId, numbers))];
}
