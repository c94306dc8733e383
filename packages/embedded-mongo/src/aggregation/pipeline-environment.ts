import type { Document } from "bson";

import type { Deadline } from "../deadline.ts";
import type { Work } from "../turns.ts";

/** What a pipeline's stages can use besides their documents. */
export interface PipelineEnvironment {
  readonly deadline: Deadline;
  /** Runs a pipeline on a collection of the same database. */
  readonly aggregate: (name: string, pipeline: readonly unknown[]) => Work<readonly Document[]>;
}
