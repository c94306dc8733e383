import type { Collection } from "mongodb";

import type { CallDocument } from "../calls/call-document.ts";

/** Where a text is looked for, and for how long at most. */
export interface SearchWithin {
  calls: Collection<CallDocument>;
  projectId: string;
  maxTimeMS: number;
}

/** Where the calls are looked for that pass a filter, and whether they have what they are found by. */
export interface Narrowing extends SearchWithin {
  /** True when every call of the project has what calls are found by. */
  isFilledIn: (projectId: string) => Promise<boolean>;
}
