import { z } from "zod";

import { CORPUS_STATUSES, corpusCall } from "./corpus.ts";

/** A project with call logs, and a key that reads them. */
const corpusProject = z.object({ id: z.string(), key: z.string() });

/** A project with call logs, and a key that reads them. */
export type CorpusProject = z.output<typeof corpusProject>;

/** What is asked for, in words that each peer has its own request for. */
export const question = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("list"),
    status: z.string().optional(),
    project: corpusProject.optional(),
  }),
  z.object({ kind: z.literal("item"), id: z.string() }),
  z.object({ kind: z.literal("count"), status: z.string() }),
]);

/** What is asked for. */
export type Question = z.output<typeof question>;

/** What was answered, without the form in which it came: ids of the call logs in their order, and how many match. */
export const answer = z.object({ ids: z.array(z.string()), count: z.number().optional() });

/** What was answered. */
export type Answer = z.output<typeof answer>;

/** Rows of a list. */
export const PAGE_SIZE = 10;

/** Properties of a list's rows. */
export const LIST_PROPERTIES = [
  "createdAt",
  "toNumber",
  "status",
  "statusMessage",
  "answeredBy",
  "callCostInUSDCents",
] as const;

/** Properties of one call log: how the call went. */
export const ITEM_PROPERTIES = [...LIST_PROPERTIES, "fromNumber", "tags", "attempts"] as const;

/** Names of properties as MongoDB's projection, which is our selection's form, too. */
export function selected(names: readonly string[]): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, 1]));
}

/** Questions that are asked together, in turn. */
export interface Workload {
  name: string;
  questions: readonly Question[];
}

/** What the peers are compared by, on a corpus of this size. */
export function workloads(size: number): readonly Workload[] {
  const items = Array.from({ length: 499 }, (_, index) => {
    const { _id: id } = corpusCall(Math.floor((index * size) / 500), size);
    return { kind: "item", id } as const;
  });
  return [
    {
      name: "list by status, with its count",
      questions: CORPUS_STATUSES.map((status) => ({ kind: "list", status }) as const),
    },
    { name: "list of all, with its count", questions: [{ kind: "list" }] },
    { name: "get-item", questions: items },
    {
      name: "count by status",
      questions: CORPUS_STATUSES.map((status) => ({ kind: "count", status }) as const),
    },
  ];
}
