import { shownTime, tableText } from "../output/table.ts";
import type { CallPage } from "./call-source.ts";

/** A page of calls as a table, with how many there are and how to go on where it is not all. */
export function pageText({ data, count, countedFrom, nextCursor }: CallPage): string {
  const table = tableText(
    data,
    {
      CREATED: ({ createdAt }) => shownTime(createdAt),
      ID: ({ _id }) => _id,
      TO: ({ toNumber }) => toNumber ?? "-",
      STATUS: ({ status }) => status ?? "-",
      ANSWERED: ({ answeredBy }) => answeredBy ?? "-",
      TRIES: ({ attemptCount }) => String(attemptCount ?? 0),
      "COST (¢)": ({ callCostInUSDCents }) => String(callCostInUSDCents ?? 0),
      MESSAGE: ({ statusMessage }) => statusMessage ?? "",
    },
    nextCursor === undefined ? "no calls" : "no calls so far",
  );
  if (count <= data.length && nextCursor === undefined) return table;
  const all =
    countedFrom === undefined
      ? `${count}`
      : `at least ${count}, counted back to ${shownTime(countedFrom)}`;
  const next = nextCursor === undefined ? "" : `; go on with --cursor ${nextCursor}`;
  return `${table}\n${data.length} of ${all}${next}`;
}
