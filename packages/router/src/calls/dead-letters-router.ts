import {
  CallLogError,
  type DeadLetter,
  deadLetterListInput,
  isAllowed,
  maskedDeadLetter,
  objectId,
  onlyKeys,
  type Wire,
} from "@call-log/model";
import type { Authenticated, DeadLetterPage, DeadLetterScope } from "@call-log/store";
import type { TRPCRouterRecord } from "@trpc/server";

import { actingOf } from "../audit/acting.ts";
import type { RouterContext } from "../context.ts";
import { dispatchProcedure, operatorProcedure, readProcedure } from "../procedure.ts";

/** A refused request as it is answered; times are ISO text. */
export type DeadLetterView = Wire<DeadLetter>;

/** A refused request with what its job held, unless that may not be shown or is deleted. */
export interface DeadLetterItem {
  deadLetter: DeadLetterView;
  payload: unknown;
}

type Asked = RouterContext & { identity: Authenticated };

const listInput = deadLetterListInput.prefault({});
const byId = onlyKeys({ id: objectId });

/** Requests of the queue that were refused, of the key's project: `list`, `get`, `replay`, `drop`. */
export const deadLettersRouter = {
  list: readProcedure
    .input(listInput)
    .query(async ({ ctx, input }) =>
      presentPage(ctx, await ctx.store.deadLetters.list(ctx.identity.projectId, input)),
    ),
  get: readProcedure
    .input(byId)
    .query(({ ctx, input }) => readItem(ctx, ctx.identity.projectId, input.id)),
  replay: dispatchProcedure
    .input(byId)
    .mutation(({ ctx, input }) =>
      ctx.dispatcher.replayDeadLetter(refOf(ctx, ctx.identity.projectId, input.id)),
    ),
  drop: dispatchProcedure
    .input(byId)
    .mutation(({ ctx, input }) => dropLetter(ctx, ctx.identity.projectId, input.id)),
} satisfies TRPCRouterRecord;

/** Those that name no project that exists, for operators: `list`, `get`, `replay`, `drop`. */
export const operatorDeadLettersRouter = {
  list: operatorProcedure
    .input(listInput)
    .query(async ({ ctx, input }) =>
      presentPage(ctx, await ctx.store.deadLetters.list(null, input)),
    ),
  get: operatorProcedure.input(byId).query(({ ctx, input }) => readItem(ctx, null, input.id)),
  replay: operatorProcedure
    .input(byId)
    .mutation(({ ctx, input }) => ctx.dispatcher.replayDeadLetter(refOf(ctx, null, input.id))),
  drop: operatorProcedure.input(byId).mutation(({ ctx, input }) => dropLetter(ctx, null, input.id)),
} satisfies TRPCRouterRecord;

async function readItem(ctx: Asked, scope: DeadLetterScope, id: string): Promise<DeadLetterItem> {
  const found = await ctx.store.deadLetters.find(scope, id);
  if (found === undefined) throw new CallLogError("NOT_FOUND", "there is no such refused request");
  const { payload, ...letter } = found;
  const isShown = payload !== undefined && !letter.isSensitive && seesNumbers(ctx.identity);
  return {
    deadLetter: present(ctx, letter),
    payload: isShown ? (JSON.parse(payload) as unknown) : null,
  };
}

async function dropLetter(ctx: Asked, scope: DeadLetterScope, id: string) {
  const { _id, state } = await ctx.dispatcher.dropDeadLetter(refOf(ctx, scope, id));
  return { _id, state };
}

function refOf(ctx: Asked, scope: DeadLetterScope, id: string) {
  return { scope, id, acting: actingOf(ctx) };
}

// What names no project is the operator's own.
function seesNumbers({ scope, permissions }: Authenticated): boolean {
  return scope === "installation" || isAllowed(permissions, "see-numbers");
}

function presentPage(ctx: Asked, { data, ...page }: DeadLetterPage) {
  return { ...page, data: data.map((letter) => present(ctx, letter)) };
}

function present({ identity }: Asked, letter: DeadLetter): DeadLetterView {
  const seen = seesNumbers(identity) ? letter : maskedDeadLetter(letter);
  return JSON.parse(JSON.stringify(seen)) as DeadLetterView;
}
