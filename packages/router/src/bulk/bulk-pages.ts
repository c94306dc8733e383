import { listInput } from "@call-log/model";
import type { CallReader, ProjectIdentity } from "@call-log/store";

import { type BulkScope, touchedBy } from "./bulk-acts.ts";

/** What it takes to read the calls of a scope. */
export interface BulkReading {
  identity: ProjectIdentity;
  reader: Pick<CallReader, "page">;
}

/** Calls of one page, newest first, so that calls that arrive meanwhile are not included. */
export interface BulkPage {
  ids: string[];
  nextCursor: string | undefined;
}

/** A page of the calls that an act is about. */
export async function readBulkPage(
  { identity: { projectId }, reader }: BulkReading,
  scope: BulkScope,
  { limit, cursor }: { limit: number; cursor: string | undefined },
): Promise<BulkPage> {
  const defaults = listInput.parse({ sort: { createdAt: -1 } });
  const input = { ...defaults, query: touchedBy(scope), limit, inParts: true };
  const { data, nextCursor } = await reader.page({
    projectId,
    input: { ...input, ...(cursor !== undefined && { cursor }) },
  });
  return { ids: data.map(({ _id }) => _id), nextCursor };
}
