import { type ErrorCode, type Operation, type Permission, permissionsFor } from "@call-log/model";
import type { createCaller } from "@call-log/router";
import type { FastifyRequest } from "fastify";
import type { z } from "zod";

/** The procedures, bound to one request. Each validates its input, so a route may pass any JSON. */
export type Caller = WithAnyInput<ReturnType<typeof createCaller>>;

type WithAnyInput<T> = T extends (input: never) => infer Output
  ? (input: unknown) => Output
  : { [Name in keyof T]: WithAnyInput<T[Name]> };

/** An example of a body, by a title for people. */
export type Examples = Readonly<Record<string, unknown>>;

/** A response of a route with one of its statuses, for the documentation. */
export interface RestResponse {
  description: string;
  /** @defaultValue application/json */
  mediaType?: "text/event-stream";
  /** Absent where the answer has no body. */
  schema?: z.ZodType;
  example?: unknown;
  /** Headers that the answer carries. */
  headers?: Readonly<Record<string, z.ZodType>>;
}

/** The reply of a route. */
export interface RestReply {
  /** @defaultValue 200 */
  status?: number;
  headers?: Readonly<Record<string, string>>;
  body: unknown;
}

/** One REST route: a shim over a procedure, and its documentation. */
export interface RestRoute {
  /** Names the route in the documentation and in clients made from it. */
  name: string;
  /** The first one is the one that the documentation shows with its body. */
  methods: readonly ("GET" | "POST" | "PATCH" | "DELETE")[];
  path: string;
  /** What `:id` in the path is. @defaultValue an `objectId` */
  id?: z.ZodType;
  /** Whether browsers get the dashboard's page at this address. */
  isScreen?: true;
  /** Whether an operator's key may ask it, too, about the installation in place of a project. */
  hasInstallation?: true;
  /** What the key must be allowed. */
  operation: Exclude<Operation, "see-numbers">;
  summary: string;
  /** CommonMark. */
  description: string;
  /** Parameters of the address, beside those of the path. */
  query?: Readonly<Record<string, z.ZodType>>;
  /** Headers that the route knows. */
  headers?: Readonly<Record<string, z.ZodType>>;
  /** Whether there has to be a body, its schema, and examples; absent where there is nothing to say. */
  body?: { required: boolean; schema: z.ZodType; examples: Examples };
  /** Answers by HTTP status. */
  answers: Readonly<Record<number, RestResponse>>;
  /** Refusals beside those that every route has. */
  refusals: readonly ErrorCode[];
  /** Call the procedure. */
  call: (caller: Caller, request: FastifyRequest) => Promise<RestReply>;
}

/** The permissions of which a key needs one for a route. */
export function permissionsOf({
  operation,
  hasInstallation,
}: Pick<RestRoute, "operation" | "hasInstallation">): Permission[] {
  return [...permissionsFor(operation), ...(hasInstallation ? permissionsFor("operate") : [])];
}
