import { auditCountInput, auditLine, auditListInput } from "@call-log/model";
import { z } from "zod";

import { counted, countResponse } from "./response-schemas.ts";
import { bodyOf, pageOf } from "./rest-input.ts";
import type { Caller, RestRoute } from "./rest-route.ts";

const { skip, limit } = auditListInput.shape;

const example = {
  _id: "01a21523-cd02-719e-b2fb-9a8e9da2f264",
  createdAt: "2026-11-25T03:12:00.000Z",
  act: "project.update",
  result: "done",
  projectId: "7c9e6679-7425-40de-944b-e07fc1f90ae7",
  actor: { kind: "key", id: "01a21523-aaaa-719e-b2fb-9a8e9da2f264", name: "Paging service" },
  address: "192.0.2.7",
  requestId: "0b1b3a3e-2f0c-4f0e-9a53-5f3b3f0f4f7f",
  target: { kind: "project", id: "7c9e6679-7425-40de-944b-e07fc1f90ae7" },
  changes: [{ field: "retentionDays", from: 30, to: 90 }],
};

const page = z.object({
  data: z.array(
    auditLine.extend({
      createdAt: z.iso.datetime(),
      changes: z.array(z.looseObject({ field: z.string() })),
    }),
  ),
  ...counted,
  skip: z.int().min(0),
  limit: z.int().min(1),
  nextCursor: z
    .string()
    .optional()
    .meta({ description: "Goes on from here; absent on the last page" }),
});

/** One trail: whose it is, and the procedures that read it. */
interface Trail {
  prefix: "" | "/installation";
  name: "" | "Installation";
  operation: "administer" | "operate";
  whose: string;
  list: (caller: Caller, input: object) => Promise<unknown>;
  count: (caller: Caller, input: object) => Promise<unknown>;
}

const TRAILS: readonly Trail[] = [
  {
    prefix: "",
    name: "",
    operation: "administer",
    whose: "of the key's project",
    list: (caller, input) => caller.audit.list(input),
    count: (caller, input) => caller.audit.count(input),
  },
  {
    prefix: "/installation",
    name: "Installation",
    operation: "operate",
    whose: "of the installation, and of what operators did to projects",
    list: (caller, input) => caller.audit.listInstallation(input),
    count: (caller, input) => caller.audit.countInstallation(input),
  },
];

function listOf({ prefix, name, operation, whose, list }: Trail): RestRoute {
  return {
    name: `list${name}Audit`,
    methods: ["POST", "GET"],
    path: `${prefix}/audit/get-list`,
    operation,
    summary: "List the audit trail",
    description: `Who did what: lines ${whose} that match, newest first unless sorted otherwise. Queries and paging are those of call logs.`,
    query: { skip, limit },
    body: {
      required: false,
      schema: auditListInput,
      examples: {
        "Changes of settings": { query: { act: "project.update" } },
        "What a key did": { query: { "actor.id": example.actor.id }, limit: 50 },
      },
    },
    answers: {
      200: {
        description: "One page",
        schema: page,
        example: { data: [example], count: 1, skip: 0, limit: 10 },
      },
    },
    refusals: [],
    call: async (caller, request) => ({
      body: await list(caller, { ...bodyOf(request), ...pageOf(request) }),
    }),
  };
}

function countOf({ prefix, name, operation, whose, count }: Trail): RestRoute {
  return {
    name: `count${name}Audit`,
    methods: ["POST"],
    path: `${prefix}/audit/count`,
    operation,
    summary: "Count lines of the audit trail",
    description: `How many lines ${whose} match.`,
    body: {
      required: false,
      schema: auditCountInput,
      examples: { "Keys that were created": { query: { act: "key.create" } } },
    },
    answers: { 200: { description: "The number", schema: countResponse, example: { count: 3 } } },
    refusals: [],
    call: async (caller, request) => ({ body: await count(caller, bodyOf(request)) }),
  };
}

/** Reading the audit trail. Not under `/api`, since OneUptime has no audit trail. */
export const AUDIT_ROUTES: readonly RestRoute[] = TRAILS.flatMap((trail) => [
  listOf(trail),
  countOf(trail),
]);
