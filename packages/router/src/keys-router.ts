import {
  CallLogError,
  isAllowed,
  onlyKeys,
  permission,
  type Permission,
  PERMISSIONS,
  timestampInput,
} from "@call-log/model";
import type { ApiKeyInfo, ProjectIdentity } from "@call-log/store";
import { z } from "zod";

import { administerProcedure, router } from "./procedure.ts";

const name = z
  .string({ error: "must be text" })
  .trim()
  .min(1, { error: "must not be empty" })
  .max(100, { error: "must be at most 100 characters" });

const permissions = z
  .array(permission, { error: "must be a list of permissions" })
  .min(1, { error: "must hold at least one permission" })
  .transform((names) => [...new Set(names)]);

const newKey = onlyKeys({ name, permissions, expiresAt: timestampInput.optional() });

const revocation = onlyKeys({
  id: z.string({ error: "must be the id of a key" }).min(1).max(100),
  own: z.boolean({ error: "must be true or false" }).default(false),
});

/** A key as it is answered; times are ISO text, and the key itself is never among it. */
export interface ApiKeyView {
  id: string;
  name: string | null;
  permissions: Permission[];
  createdAt: string;
  expiresAt: string | null;
  revokedAt: string | null;
  /** It is the one that asks. */
  isOwn: boolean;
}

/** The API keys of the key's project: `list`, `create` (the only time a key is shown), `revoke`. */
export const keysRouter = router({
  list: administerProcedure.query(async ({ ctx }) => {
    const found = await ctx.store.keys.list(ctx.identity.projectId);
    return { keys: found.map((info) => presentKey(info, ctx.identity)) };
  }),
  create: administerProcedure.input(newKey).mutation(async ({ ctx, input }) => {
    const { projectId, keyId } = ctx.identity;
    const { expiresAt, ...key } = input;
    const own = (await ctx.store.keys.list(projectId)).find(({ id }) => id === keyId);
    requireGivable(input.permissions, ctx.identity);
    requireTime({ expiresAt, now: ctx.now(), until: own?.expiresAt });
    return ctx.store.keys.create({ ...key, projectId, ...(expiresAt && { expiresAt }) });
  }),
  revoke: administerProcedure.input(revocation).mutation(async ({ ctx, input: { id, own } }) => {
    const { projectId, keyId } = ctx.identity;
    if (id === keyId && !own)
      throw new CallLogError(
        "CONFLICT",
        'id: is the key that you ask with; nobody can go on with it after this. Send "own": true if you mean it.',
      );
    if (await ctx.store.keys.revoke(id, projectId)) return { revoked: true };
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

function requireTime(times: { expiresAt?: Date | undefined; now: Date; until?: Date | undefined }) {
  const { expiresAt, now, until } = times;
  if (expiresAt !== undefined && expiresAt <= now)
    throw new CallLogError("BAD_REQUEST", "expiresAt: must be in the future");
  if (until !== undefined && (expiresAt === undefined || expiresAt > until))
    throw new CallLogError(
      "FORBIDDEN",
      `expiresAt: must be at most ${until.toISOString()}, when your own key expires`,
    );
}

function presentKey(info: ApiKeyInfo, { keyId }: ProjectIdentity): ApiKeyView {
  return {
    id: info.id,
    name: info.name ?? null,
    permissions: info.permissions,
    createdAt: info.createdAt.toISOString(),
    expiresAt: info.expiresAt?.toISOString() ?? null,
    revokedAt: info.revokedAt?.toISOString() ?? null,
    isOwn: info.id === keyId,
  };
}
