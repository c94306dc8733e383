import { CallLogError, isAllowed, onlyKeys, type Permission, PERMISSIONS } from "@call-log/model";
import type { ProjectIdentity } from "@call-log/store";

import { newKeyShape, presentKey, requireNotOwn, requireTime, revocation } from "./key-input.ts";
import { administerProcedure, router } from "./procedure.ts";

/** The API keys of the key's project: `list`, `create` (the only time a key is shown), `revoke`. */
export const keysRouter = router({
  list: administerProcedure.query(async ({ ctx }) => {
    const found = await ctx.store.keys.list(ctx.identity.projectId);
    return { keys: found.map((info) => presentKey(info, ctx.identity)) };
  }),
  create: administerProcedure.input(onlyKeys(newKeyShape)).mutation(async ({ ctx, input }) => {
    const { projectId, keyId } = ctx.identity;
    const { expiresAt, ...key } = input;
    const own = (await ctx.store.keys.list(projectId)).find(({ id }) => id === keyId);
    requireGivable(input.permissions, ctx.identity);
    requireTime({ expiresAt, now: ctx.now(), until: own?.expiresAt });
    return ctx.store.keys.create({ ...key, projectId, ...(expiresAt && { expiresAt }) });
  }),
  revoke: administerProcedure.input(revocation).mutation(async ({ ctx, input }) => {
    requireNotOwn(input, ctx.identity);
    if (await ctx.store.keys.revoke(input.id, ctx.identity.projectId)) return { revoked: true };
    throw new CallLogError("NOT_FOUND", "There is no such key in the project of this key.");
  }),
});

// Nobody can give more than they have: neither a right nor a longer life.
function requireGivable(
  given: readonly Permission[],
  { permissions: mine }: ProjectIdentity,
): void {
  const beyond = given.find((one) =>
    PERMISSIONS[one].some((operation) => !isAllowed(mine, operation)),
  );
  if (beyond === undefined) return;
  throw new CallLogError(
    "FORBIDDEN",
    `permissions: ${beyond} allows more than your own key does: ${mine.join(", ")}`,
  );
}
