/** Properties of a job's data that are ids and counts; everything else may be a phone number, a spoken text or pressed keys. */
const SHOWN = new Set([
  "projectId",
  "callLogId",
  "attemptId",
  "attemptNumber",
  "version",
  "provider",
  "source",
  "status",
  "at",
]);

const HIDDEN = "(hidden)";
/** What an id, a time or a short word looks like. */
const SAFE_TEXT = /^[A-Za-z0-9-]{1,64}$|^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

/** A job's data as the board shows it: ids and counts, with the names of what is hidden. No operator may read calls, so it is the same for all. */
export function maskedJobData(data: unknown): unknown {
  if (typeof data !== "object" || data === null || Array.isArray(data)) return HIDDEN;
  return Object.fromEntries(
    Object.entries(data).map(([name, value]: [string, unknown]) => [
      name,
      SHOWN.has(name) && isSafe(value) ? value : HIDDEN,
    ]),
  );
}

function isSafe(value: unknown): boolean {
  return typeof value === "number" || (typeof value === "string" && SAFE_TEXT.test(value));
}
