import { CallLogError, isAllowed, objectId, onlyKeys } from "@call-log/model";
import type { ApiKeyInfo, OperatorIdentity } from "@call-log/store";
import type { TRPCRouterRecord } from "@trpc/server";

import { actingOf } from "../audit/acting.ts";
import type { RouterContext } from "../context.ts";
import { operatorProcedure } from "../procedure.ts";
import { requireGrantableAddresses } from "./key-grants.ts";
import {
  newKeyOf,
  newKeyShape,
  presentKey,
  requireNotOwn,
  requireTime,
  revocation,
} from "./key-input.ts";
import { rotateKey, rotation } from "./rotate-key.ts";

const projectId = objectId.optional();

/**
 * Keys, for operators: `list`, `create`, `revoke`, of the project that is named, else of the operators; `rotate`, of the operators. A project gets only its first key
 * here, so that an operator's key in wrong hands reads no calls of a project that has keys.
 */
export const operatorKeysRouter = {
  list: operatorProcedure
    .input(onlyKeys({ projectId }).prefault({}))
    .query(async ({ ctx, input }) => {
      const keys = await ctx.store.keys.list(input.projectId ?? null);
      return { keys: keys.map((info) => presentKey(info, ctx.identity)) };
    }),
  create: operatorProcedure
    .input(onlyKeys({ ...newKeyShape, projectId }))
    .mutation(async ({ ctx, input: { projectId: project, ...input } }) => {
      const key = newKeyOf(input, project === undefined ? ctx.identity : {});
      const until = project === undefined ? await ownEnd(ctx) : undefined;
      requireTime({ expiresAt: key.expiresAt, now: ctx.now(), until });
      if (project === undefined) requireGrantableAddresses(key.allowedAddresses, ctx.identity);
      else await requireFirst(ctx, project);
      return ctx.store.keys.create({ ...key, projectId: project }, actingOf(ctx));
    }),
  rotate: operatorProcedure
    .input(rotation)
    .mutation(({ ctx, input }) => rotateKey(ctx, input, null)),
  revoke: operatorProcedure.input(revocation).mutation(async ({ ctx, input }) => {
    requireNotOwn(input, ctx.identity);
    if (await ctx.store.keys.revoke(input.id, undefined, actingOf(ctx))) return { revoked: true };
    throw new CallLogError("NOT_FOUND", "There is no such key.");
  }),
} satisfies TRPCRouterRecord;

type Context = RouterContext & { identity: OperatorIdentity };

async function ownEnd({ store, identity }: Context): Promise<Date | undefined> {
  const keys = await store.keys.list(null);
  return keys.find(({ id }) => id === identity.keyId)?.expiresAt;
}

async function requireFirst({ store, now }: Context, id: string): Promise<void> {
  if ((await store.projects.find(id)) === undefined)
    throw new CallLogError("NOT_FOUND", `projectId: there is no project ${id}`);
  const keys = await store.keys.list(id);
  if (!keys.some((key) => administers(key, now()))) return;
  throw new CallLogError(
    "CONFLICT",
    "projectId: the project has a key that may administer it; that one makes further keys. If it is lost, revoke it first.",
  );
}

function administers({ permissions, expiresAt, revokedAt }: ApiKeyInfo, now: Date): boolean {
  const isValid = revokedAt === undefined && (expiresAt === undefined || expiresAt > now);
  return isValid && isAllowed(permissions, "administer");
}
