import type { ProblemAt } from "./field-problems.ts";
import type { SourceDraft } from "./source-draft.ts";

/** What a part of the form is given. */
export interface FieldsProps {
  draft: SourceDraft;
  change: (changes: Partial<SourceDraft>) => void;
  problem: ProblemAt;
}
