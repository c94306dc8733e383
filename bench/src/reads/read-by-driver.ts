import type { Collection, Document } from "mongodb";

import { CORPUS_PROJECT_ID } from "./corpus.ts";
import {
  ITEM_PROPERTIES,
  LIST_PROPERTIES,
  PAGE_SIZE,
  type Question,
  selected,
} from "./workload.ts";

/** The call logs as the driver gives them. */
export type Calls = Collection<{ _id: string } & Document>;

/** A question in the driver's own terms. */
export interface DriverQuery {
  filter: Document;
  projection: Document;
}

/** What a question is to the driver. */
export function driverQuery(question: Question): DriverQuery {
  const projectId = projectOf(question);
  if (question.kind === "item")
    return { filter: { projectId, _id: question.id }, projection: selected(ITEM_PROPERTIES) };
  const { status } = question;
  const filter = { projectId, ...(status !== undefined && { status }) };
  return { filter, projection: selected(LIST_PROPERTIES) };
}

function projectOf(question: Question): string {
  return question.kind === "list" ? (question.project?.id ?? CORPUS_PROJECT_ID) : CORPUS_PROJECT_ID;
}

/** A page and its count, asked for at once. */
export async function listByDriver(calls: Calls, { filter, projection }: DriverQuery) {
  const page = calls
    .find(filter, { projection })
    .sort({ createdAt: -1, _id: -1 })
    .limit(PAGE_SIZE)
    .toArray();
  const [data, count] = await Promise.all([page, calls.countDocuments(filter)]);
  return { data, count };
}
