import type { QueryInput } from "@call-log/model";
import { useEffect, useState } from "react";

import { api } from "../../api.ts";
import { type BulkPreview, NO_PREVIEW, previewWith } from "./bulk-preview.ts";
import { rowsOf } from "./use-bulk.ts";

/** Calls per preview request. */
const AT_ONCE = 100;

/** The server's previews of calling these calls again. */
export interface LookedAt {
  preview: BulkPreview;
  isReady: boolean;
  error: unknown;
}

/** Previews calling again every call that a query finds; another query starts over. Undefined previews nothing. */
export function useBulkPreview(query: QueryInput | undefined): LookedAt {
  const queryText = query && JSON.stringify(query);
  const [found, setFound] = useState<LookedAt & { queryText: string | undefined }>();
  useEffect(() => {
    if (queryText === undefined) return undefined;
    const leaving = new AbortController();
    const look = async () => {
      let preview = NO_PREVIEW;
      const tell = (isReady: boolean, error?: unknown) => {
        if (!leaving.signal.aborted) setFound({ queryText, preview, isReady, error });
      };
      try {
        for await (const rows of rowsOf(JSON.parse(queryText) as QueryInput, AT_ONCE)) {
          if (leaving.signal.aborted) return;
          const ids = rows.map(({ _id }) => _id);
          const { results } = await api.calls.previewRetryMany.query({ ids });
          preview = previewWith(preview, rows, results);
          tell(false);
        }
        tell(true);
      } catch (error) {
        tell(false, error);
      }
    };
    void look();
    return () => leaving.abort();
  }, [queryText]);
  if (found !== undefined && found.queryText === queryText) return found;
  return { preview: NO_PREVIEW, isReady: queryText === undefined, error: undefined };
}
