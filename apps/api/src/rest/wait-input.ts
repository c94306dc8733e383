import {
  CALL_STATUS_NAMES,
  CallLogError,
  PROPERTIES,
  type PropertyName,
  WAIT_SECONDS,
  waitInput,
} from "@call-log/model";
import type { FastifyRequest } from "fastify";
import { z } from "zod";

import { headerValues } from "../request/header-values.ts";

const NAMES = Object.keys(PROPERTIES) as PropertyName[];

/** Properties to answer with, in an address: names with commas between them; all when absent. */
export const selectParameter = namesParameter(NAMES).meta({
  description: "Properties to answer with, with commas between them; all when absent",
  example: "status,statusMessage",
});

/** Statuses to send, in an address. */
export const statusParameter = namesParameter(CALL_STATUS_NAMES).meta({
  description: "Only calls that have one of these statuses, with commas between them",
  example: "Completed,No Answer",
});

/** Parameters of a wait, as the documentation shows them. */
export const WAIT_PARAMETERS = {
  until: waitInput.shape.until,
  timeout: waitInput.shape.timeout,
  select: selectParameter.optional(),
};

const once = z.string({ error: "must be given once" });

const asked = z.object({
  until: once.optional(),
  timeout: once
    .regex(/^(0|[1-9]\d{0,6})$/, {
      error: `must be a whole number from 0 to ${WAIT_SECONDS.atMost}`,
    })
    .transform(Number)
    .optional(),
});

const selection = z.object({ select: selectParameter.optional() });
const statuses = z.object({ status: statusParameter.optional() });

/** What the address of a wait asks for, for the procedure to check. Throws BAD_REQUEST that names the parameter. */
export function waitOf(request: FastifyRequest): object {
  return { ...checked(asked, request), ...selectionOf(request) };
}

/** The selection in an address. Throws BAD_REQUEST for a name that no property has. */
export function selectionOf(request: FastifyRequest): { select: Record<string, true> } {
  const { select = NAMES } = checked(selection, request);
  return { select: Object.fromEntries([...select].map((name) => [name, true] as const)) };
}

/** The statuses in an address, as a query. Throws BAD_REQUEST for another status. */
export function statusQueryOf(request: FastifyRequest): { query?: { status: string[] } } {
  const { status } = checked(statuses, request);
  return status === undefined ? {} : { query: { status: [...status] } };
}

/** The header `Last-Event-ID`, which a client sends when it comes again. Throws BAD_REQUEST when there are two. */
export function lastEventIdOf(request: FastifyRequest): string | undefined {
  const [id, ...more] = headerValues(request, "last-event-id");
  if (more.length > 0) throw new CallLogError("BAD_REQUEST", "Last-Event-ID: must be sent once");
  return id === undefined || id === "" ? undefined : id;
}

function namesParameter<Name extends string>(names: readonly Name[]) {
  const one = names.join("|");
  const error = `must be some of: ${names.join(", ")}, with commas between them`;
  return z
    .string({ error: "must be given once" })
    .regex(new RegExp(`^(${one})(,(${one}))*$`), { error })
    .transform((text) => text.split(",") as Name[]);
}

function checked<S extends z.ZodType>(schema: S, { query }: FastifyRequest): z.output<S> {
  const parsed = schema.safeParse(query);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new CallLogError("BAD_REQUEST", `${String(issue?.path[0])}: ${issue?.message}`);
}
