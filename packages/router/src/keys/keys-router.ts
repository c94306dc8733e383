import { CallLogError, onlyKeys } from "@call-log/model";
import type { TRPCRouterRecord } from "@trpc/server";

import { actingOf } from "../audit/acting.ts";
import { administerProcedure } from "../procedure.ts";
import { requireGrantableAddresses, requireGrantable } from "./key-grants.ts";
import {
  newKeyOf,
  newKeyShape,
  presentKey,
  requireNotOwn,
  requireTime,
  revocation,
} from "./key-input.ts";
import { rotateKey, rotation } from "./rotate-key.ts";

/** The API keys of the key's project: `list`, `create` and `rotate` (the only time a key is shown), `revoke`. */
export const keysRouter = {
  list: administerProcedure.query(async ({ ctx }) => {
    const found = await ctx.store.keys.list(ctx.identity.projectId);
    return { keys: found.map((info) => presentKey(info, ctx.identity)) };
  }),
  create: administerProcedure.input(onlyKeys(newKeyShape)).mutation(async ({ ctx, input }) => {
    const { projectId, keyId } = ctx.identity;
    const key = newKeyOf(input, ctx.identity);
    const own = (await ctx.store.keys.list(projectId)).find(({ id }) => id === keyId);
    requireGrantable(key.permissions, ctx.identity);
    requireGrantableAddresses(key.allowedAddresses, ctx.identity);
    requireTime({ expiresAt: key.expiresAt, now: ctx.now(), until: own?.expiresAt });
    return ctx.store.keys.create({ ...key, projectId }, actingOf(ctx));
  }),
  rotate: administerProcedure
    .input(rotation)
    .mutation(({ ctx, input }) => rotateKey(ctx, input, ctx.identity.projectId)),
  revoke: administerProcedure.input(revocation).mutation(async ({ ctx, input }) => {
    requireNotOwn(input, ctx.identity);
    if (await ctx.store.keys.revoke(input.id, ctx.identity.projectId, actingOf(ctx)))
      return { revoked: true };
    throw new CallLogError("NOT_FOUND", "There is no such key in the project of this key.");
  }),
} satisfies TRPCRouterRecord;
