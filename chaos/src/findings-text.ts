import { inspect } from "node:util";

import type { Evidence, Findings } from "./verdict.ts";

/** How many of the calls with a finding are shown. */
const SHOWN = 3;
const WHOLE = { depth: null, breakLength: 160, maxArrayLength: null, maxStringLength: 500 };

/** What log and ledger have of the first calls with a finding, as text; empty without findings. All numbers and words in it are the run's own. */
export function findingsText(findings: Findings, { records, ledger }: Evidence): string {
  const ids = new Set(Object.values(findings).flat());
  const found = records.filter(({ _id, idempotencyKey, attempts }) =>
    [
      _id,
      idempotencyKey,
      ...attempts.flatMap((attempt) => [attempt._id, attempt.providerCallId]),
    ].some((id) => id !== undefined && ids.has(id)),
  );
  return found
    .slice(0, SHOWN)
    .map((record) => {
      const attemptIds = new Set(record.attempts.map(({ _id }) => _id));
      const placed = ledger.filter(({ attemptId }) => attemptIds.has(attemptId));
      return `${inspect(record, WHOLE)}\nin the ledger: ${inspect(placed, WHOLE)}\n`;
    })
    .join("");
}
