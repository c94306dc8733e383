import { type CallLogView, type ListQuery, parseSort, presentCallLog } from "@call-log/model";
import type { CallReader } from "@call-log/store";

import { EVERY_PROPERTY } from "./every-property.ts";

/** Call logs that are read at a time. */
const PAGE_SIZE = 1000;

/** What is exported. */
export interface ExportOptions {
  reader: Pick<CallReader, "page">;
  projectId: string;
  query: ListQuery["query"];
  signal: AbortSignal;
  /** Told after every page how many were read. */
  onPage?: (read: number) => void;
}

/** Every matching call log with all of its properties, oldest first, a page at a time. */
export async function* exportCalls(options: ExportOptions): AsyncGenerator<CallLogView> {
  const { reader, projectId, query, signal, onPage } = options;
  const first: ListQuery = {
    query,
    select: EVERY_PROPERTY,
    sort: parseSort({ createdAt: 1 }),
    skip: 0,
    limit: PAGE_SIZE,
    // A query that no index answers takes longer, and comes to its end nevertheless.
    inParts: true,
  };
  let read = 0;
  let input: ListQuery | undefined = first;
  while (input !== undefined && !signal.aborted) {
    const page = await reader.page({ projectId, input });
    for (const call of page.data) yield presentCallLog(call, EVERY_PROPERTY);
    read += page.data.length;
    onPage?.(read);
    input = page.nextCursor === undefined ? undefined : { ...first, cursor: page.nextCursor };
  }
}
