import type { CallLogError } from "@call-log/model";
import { appRouter, type RouterContext, toCallLogError } from "@call-log/router";
import { callTRPCProcedure, getTRPCErrorFromUnknown, getTRPCErrorShape } from "@trpc/server";
import type { FastifyRequest } from "fastify";

import { longestWait } from "../errors/error-reply.ts";

/** A query of a batch: the path of its procedure, and its input as JSON gave it. */
interface QueryCall {
  path: string;
  input: unknown;
}

type Answered = { result: { data: unknown } } | { error: { data: { httpStatus: number } } };

/**
 * The queries of a request that is a batch of them by POST, as our client sends it; undefined for every other request. tRPC's own adapter
 * turns each request and each answer into those of the web, which costs more than the rest of a read does.
 */
export function queryBatch(request: FastifyRequest): QueryCall[] | undefined {
  const { path } = request.params as { path: string };
  const { batch } = request.query as Record<string, unknown>;
  if (request.method !== "POST" || batch !== "1" || request.headers["trpc-accept"] !== undefined)
    return undefined;
  const paths = path.split(",");
  const inputs = paths.every(isQuery) ? jsonObject(request.body) : undefined;
  return inputs && paths.map((one, index) => ({ path: one, input: inputs[index] }));
}

// By dotted path at run time; the type has them as a tree.
const PROCEDURES = Object.entries(appRouter._def.procedures as Record<string, unknown>);
const QUERIES: ReadonlySet<string> = new Set(
  PROCEDURES.flatMap(([path, procedure]) => (isOfQuery(procedure) ? [path] : [])),
);

function isOfQuery(procedure: unknown): boolean {
  return (procedure as { _def: { type: string } })._def.type === "query";
}

function isQuery(path: string): boolean {
  return QUERIES.has(path);
}

function jsonObject(body: unknown): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(String(body));
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

interface BatchAnswer {
  statuses: ReadonlySet<number>;
  body: readonly Answered[];
  retryAfterSeconds: number | undefined;
}

/** The answers to a batch in their order, in tRPC's form, and which statuses they have. */
export async function answerQueries(
  calls: readonly QueryCall[],
  ctx: RouterContext,
): Promise<BatchAnswer> {
  const failures: CallLogError[] = [];
  const onFailure = (failure: CallLogError) => void failures.push(failure);
  const body = await Promise.all(
    calls.map((call, index) => answerQuery(call, { ctx, index, onFailure })),
  );
  return {
    statuses: new Set(body.map(statusOf)),
    body,
    retryAfterSeconds: longestWait(failures),
  };
}

function statusOf(answer: Answered): number {
  return "error" in answer ? answer.error.data.httpStatus : 200;
}

interface QueryPlace {
  ctx: RouterContext;
  index: number;
  onFailure: (failure: CallLogError) => void;
}

async function answerQuery(
  { path, input }: QueryCall,
  { ctx, index, onFailure }: QueryPlace,
): Promise<Answered> {
  const type = "query";
  try {
    const data: unknown = await callTRPCProcedure({
      router: appRouter,
      path,
      getRawInput: async () => input,
      ctx,
      type,
      signal: undefined,
      batchIndex: index,
    });
    return { result: { data } };
  } catch (cause) {
    const error = getTRPCErrorFromUnknown(cause);
    onFailure(toCallLogError(error));
    const config = appRouter._def._config;
    return { error: getTRPCErrorShape({ config, ctx, error, input, path, type }) };
  }
}
