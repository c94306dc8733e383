import type { Document } from "bson";

import type { Collection } from "../collection.ts";
import type { Deadline } from "../deadline.ts";

/** What a pipeline's stages can reach beside their documents. */
export interface PipelineEnvironment {
  readonly deadline: Deadline;
  /** Returns a collection of the same database. */
  readonly findCollection: (name: string) => Collection | undefined;
  /** Runs a pipeline on a collection of the same database. */
  readonly aggregate: (name: string, pipeline: readonly unknown[]) => readonly Document[];
}
