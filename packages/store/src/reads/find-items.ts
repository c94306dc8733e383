import type { FetchedCallLog, Selection } from "@call-log/model";
import type { Collection } from "mongodb";

import type { CallDocument } from "../calls/call-document.ts";
import { inOneBatch } from "../queries/in-one-batch.ts";
import { toProjection } from "../queries/projection.ts";

/** One call log of a project, by id. */
export interface ItemRequest {
  projectId: string;
  id: string;
  select: Selection;
}

/**
 * Looks up many items; results are in request order, `undefined` if missing. Requests with the same project and
 * selection share one query.
 */
export async function findItems(
  calls: Collection<CallDocument>,
  requests: readonly ItemRequest[],
  options: { maxTimeMS: number },
): Promise<(FetchedCallLog | undefined)[]> {
  const asked = requests.map(({ projectId, id, select }) => {
    const projection = toProjection(select);
    return { projectId, id, projection, kind: JSON.stringify([projectId, projection]) };
  });
  const answers = new Map<string, ReadonlyMap<string, FetchedCallLog>>();
  await Promise.all(
    [...new Set(asked.map(({ kind }) => kind))].map(async (kind) => {
      const alike = asked.filter((one) => one.kind === kind);
      const { projectId, projection } = alike[0]!;
      const ids = [...new Set(alike.map(({ id }) => id))];
      const filter = { _id: { $in: ids }, projectId };
      const search = { projection, limit: ids.length, ...options };
      const found = await inOneBatch(calls, { find: calls.collectionName, filter, ...search }, () =>
        calls.find<FetchedCallLog>(filter, search).toArray(),
      );
      answers.set(kind, new Map(found.map((call) => [call._id, call])));
    }),
  );
  return asked.map(({ kind, id }) => answers.get(kind)?.get(id));
}
