import { CallLogError, objectId, onlyKeys } from "@call-log/model";
import { type Authenticated, isAlive, type Session, type SessionHolder } from "@call-log/store";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";

import { actingOf } from "../audit/acting.ts";
import { withAudit } from "../audit/with-audit.ts";
import type { RouterContext } from "../context.ts";
import { signedInProcedure } from "../procedure.ts";

/** A session as it is answered; times are ISO text. */
export interface SessionView {
  id: string;
  createdAt: string;
  /** Within a minute. */
  lastSeenAt: string;
  /** Its end at the latest; it ends sooner when it is not used. */
  endsAt: string;
  /** From where it began. */
  address: string | null;
  userAgent: string | null;
  /** It is the one that asks. */
  isOwn: boolean;
}

const one = onlyKeys({
  id: z.string({ error: "must be the id of a session" }).min(1).max(100),
});
const choice = onlyKeys({
  project: objectId.nullable(),
});
const all = onlyKeys({
  own: z.boolean({ error: "must be true or false" }).default(false),
});

/** The dashboard's sessions of who asks, be it a person or a key: `list`, `end`, `endAll`, and, for a person, `chooseProject`. */
export const sessionsRouter = {
  list: signedInProcedure.query(async ({ ctx }) => {
    const ownId = ctx.identity.sessionId;
    const found = await ctx.store.sessions.list(holderOf(ctx.identity));
    const alive = found.filter((session) => isAlive(session, ctx.signIn.life, ctx.now()));
    return { sessions: alive.map((session) => present(session, { ctx, ownId })) };
  }),
  end: signedInProcedure.input(one).mutation(async ({ ctx, input: { id } }) => {
    const perform = () => ctx.store.sessions.end(id, holderOf(ctx.identity));
    if (await withAudit(ctx, endOf(ctx), perform)) return { ended: true };
    throw new CallLogError("NOT_FOUND", "There is no such session of yours.");
  }),
  endAll: signedInProcedure.input(all.prefault({})).mutation(async ({ ctx, input: { own } }) => {
    const exceptId = own ? undefined : ctx.identity.sessionId;
    const perform = () => ctx.store.sessions.endAll({ holder: holderOf(ctx.identity), exceptId });
    return { ended: await withAudit(ctx, endOf(ctx), perform) };
  }),
  chooseProject: signedInProcedure.input(choice).mutation(async ({ ctx, input: { project } }) => {
    const { person, sessionId } = ctx.identity;
    if (person === undefined || sessionId === undefined)
      throw new CallLogError("CONFLICT", "project: a key is for one project and no other");
    if (!person.memberships.some(({ projectId }) => projectId === project))
      throw new CallLogError("FORBIDDEN", "project: none of your groups has a permission there");
    await ctx.store.sessions.choose(sessionId, project);
    return { project };
  }),
} satisfies TRPCRouterRecord;

function endOf(ctx: RouterContext & { identity: Authenticated }) {
  const report = {
    act: "session.end",
    acting: actingOf(ctx),
    projectId: ctx.identity.projectId,
  } as const;
  const facts = (ended: boolean | number) =>
    Number(ended) > 0 ? { sessions: Number(ended) } : undefined;
  return { report, facts };
}

function holderOf({ keyId, person }: Authenticated): SessionHolder {
  if (person === undefined) return { kind: "key", keyId };
  const { issuer, subject } = person;
  return { kind: "person", issuer, subject, groups: [] };
}

function present(
  session: Session,
  { ctx, ownId }: { ctx: RouterContext; ownId: string | undefined },
): SessionView {
  const { id, createdAt, lastSeenAt, endsAt, address = null, userAgent = null } = session;
  const longest = createdAt.getTime() + ctx.signIn.life.seconds * 1000;
  return {
    id,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    endsAt: new Date(Math.min(endsAt.getTime(), longest)).toISOString(),
    address,
    userAgent,
    isOwn: id === ownId,
  };
}
