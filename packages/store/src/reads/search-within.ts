import type { Collection } from "mongodb";

import type { CallDocument } from "../calls/call-document.ts";

/** Where a text is looked for, and for how long at most. */
export interface SearchWithin {
  calls: Collection<CallDocument>;
  projectId: string;
  maxTimeMS: number;
}
