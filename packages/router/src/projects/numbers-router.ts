import {
  type CallerId,
  CallLogError,
  EVERY_PROJECT,
  objectId,
  onlyKeys,
  phoneNumber,
} from "@call-log/model";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";

import { actingOf } from "../audit/acting.ts";
import type { RouterContext } from "../context.ts";
import { operatorProcedure } from "../procedure.ts";

const borrower = z.union([z.literal(EVERY_PROJECT), objectId], {
  error: `must be the id of a project, or "${EVERY_PROJECT}"`,
});

/** The numbers that calls are made from, for operators: `list`, `lend`, `takeBack`. */
export const numbersRouter = {
  list: operatorProcedure.query(async ({ ctx }) => ({ numbers: await allNumbers(ctx) })),
  lend: operatorProcedure
    .input(onlyKeys({ number: phoneNumber, project: borrower }))
    .mutation(async ({ ctx, input: { number, project } }): Promise<CallerId> => {
      if (project !== EVERY_PROJECT && (await ctx.store.projects.find(project)) === undefined)
        throw new CallLogError("BAD_REQUEST", "project: there is no such project");
      return ctx.store.callerIds.lend(number, project, actingOf(ctx));
    }),
  takeBack: operatorProcedure
    .input(onlyKeys({ number: phoneNumber, project: borrower.optional() }))
    .mutation(({ ctx, input: { number, project } }): Promise<CallerId> =>
      ctx.store.callerIds.takeBack(number, project, actingOf(ctx)),
    ),
} satisfies TRPCRouterRecord;

/** A number, and whether it is that of a provider account, lent to all until the operator says otherwise. */
export interface ListedNumber extends CallerId {
  isDefault: boolean;
}

async function allNumbers({ store, dispatcher }: RouterContext): Promise<ListedNumber[]> {
  const { providers } = dispatcher.context;
  const defaults = Object.values(providers).flatMap((one) => one.defaultFromNumber ?? []);
  const known = await store.callerIds.list();
  const unsaid = defaults.filter((number) => !known.some((one) => one.number === number));
  return [...known, ...[...new Set(unsaid)].map((number): CallerId => ({ number }))].map(
    (callerId) => ({ ...callerId, isDefault: defaults.includes(callerId.number) }),
  );
}
