import type { CallLogError, Operation, ProjectOperation } from "@call-log/model";
import type { Authenticated } from "@call-log/store";
import { initTRPC, TRPCError } from "@trpc/server";

import { authenticate, authorize, type IdentityFor } from "./access/authorize.ts";
import { maskedReader } from "./calls/masked-reader.ts";
import type { RouterContext } from "./context.ts";
import type { ErrorShape } from "./error-shape.ts";
import { toCallLogError } from "./to-call-log-error.ts";

/** Streams say that they are alive, and end now and then, so that the client comes again and is asked for its session again. */
const STREAM = {
  ping: { enabled: true, intervalMs: 15_000 },
  client: { reconnectAfterInactivityMs: 45_000 },
  maxDurationMs: 3_600_000,
};

const t = initTRPC.context<RouterContext>().create({
  sse: STREAM,
  errorFormatter({ shape, error, ctx }): ErrorShape {
    const { code, message, present } = toCallLogError(error);
    return {
      ...shape,
      message,
      data: {
        code,
        httpStatus: shape.data.httpStatus,
        ...(present === undefined ? {} : { present }),
        ...(shape.data.path === undefined ? {} : { path: shape.data.path }),
        ...(ctx === undefined ? {} : { requestId: ctx.requestId }),
      },
    };
  },
});

/** Makes a router of procedures. */
export const { router, createCallerFactory } = t;

// One middleware, since each costs. Every error leaves with the code of the one error table, so REST and tRPC answer alike.
function projectProcedure(operation: ProjectOperation) {
  return t.procedure.use(async ({ ctx, next }) => {
    const identity = await admitted(ctx, operation);
    const result = await next({ ctx: { identity, reader: maskedReader(ctx.reader, identity) } });
    if (result.ok) return result;
    throw refusal(result.error, ctx);
  });
}

async function admitted<O extends Operation>(
  ctx: RouterContext,
  operation: O,
): Promise<IdentityFor<O>> {
  try {
    const identity = ctx.identity ?? (await authenticate(ctx));
    if (ctx.refusal !== undefined) throw ctx.refusal;
    return authorize(identity, operation);
  } catch (error) {
    throw refusal(error, ctx);
  }
}

/** What was thrown, as an error for the caller; logged when it is not the caller's fault. */
export function refusal(thrown: unknown, ctx: RouterContext): TRPCError {
  const error = toCallLogError(thrown);
  reportUnexpected(error, ctx);
  return new TRPCError({ code: error.code, message: error.message, cause: error });
}

/** Report an error that is no fault of the caller. */
export function reportUnexpected(error: CallLogError, ctx: RouterContext): void {
  if (error.httpStatus >= 500) ctx.onUnexpectedError(error, ctx.requestId);
}

/** A procedure for keys that may read. */
export const readProcedure = projectProcedure("read");

/** A procedure for keys that may read and see numbers in full. */
export const numbersProcedure = projectProcedure("see-numbers");

/** A procedure for keys that may administer their project. */
export const administerProcedure = projectProcedure("administer");

/** A procedure for keys that may have calls placed. */
export const dispatchProcedure = projectProcedure("dispatch");

/** A procedure for operators: about the installation, without a project. */
export const operatorProcedure = t.procedure.use(async ({ ctx, next }) => {
  const identity = await admitted(ctx, "operate");
  const result = await next({ ctx: { identity } });
  if (result.ok) return result;
  throw refusal(result.error, ctx);
});

/** A procedure for everybody who is signed in or has a key, whatever they may do. */
export const signedInProcedure = t.procedure.use(async ({ ctx, next }) => {
  const identity = await identified(ctx);
  const result = await next({ ctx: { identity } });
  if (result.ok) return result;
  throw refusal(result.error, ctx);
});

async function identified(ctx: RouterContext): Promise<Authenticated> {
  try {
    return ctx.identity ?? (await authenticate(ctx));
  } catch (error) {
    throw refusal(error, ctx);
  }
}
