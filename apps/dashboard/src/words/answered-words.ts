import type { AnsweredBy } from "@call-log/model";

import { tIn } from "../language/translate.ts";

/** Who answered. */
const NAMES: Readonly<Record<AnsweredBy, () => string>> = {
  human: () => tIn("answered by", "human"),
  machine: () => tIn("answered by", "machine"),
  fax: () => tIn("answered by", "fax"),
  unknown: () => tIn("answered by", "unknown"),
};

/** Who answered, in the active language. */
export function answeredByName(answeredBy: AnsweredBy): string {
  return Object.hasOwn(NAMES, answeredBy) ? NAMES[answeredBy]() : answeredBy;
}
