import type { AnsweredBy } from "@call-log/model";

import { tIn } from "../language/translate.ts";

/** Who answered. */
const NAMES: Readonly<Record<AnsweredBy, () => string>> = {
  human: () => tIn("answered by", "human"),
  machine: () => tIn("answered by", "machine"),
  fax: () => tIn("answered by", "fax"),
  unknown: () => tIn("answered by", "unknown"),
};

/** Who answered, in the active language; one of another release stays as it is. */
export function answeredByName(answeredBy: string): string {
  return isKnown(answeredBy) ? NAMES[answeredBy]() : answeredBy;
}

function isKnown(answeredBy: string): answeredBy is AnsweredBy {
  return Object.hasOwn(NAMES, answeredBy);
}
