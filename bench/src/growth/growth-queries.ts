import type { LoadRequest } from "../http-load.ts";
import { CORPUS_END } from "../reads/corpus.ts";
import { CORPUS_KEY } from "../reads/seeded-database.ts";
import { LIST_PROPERTIES, PAGE_SIZE } from "../reads/workload.ts";

const DAY_MS = 86_400_000;
const HEADERS = { "content-type": "application/json", apikey: CORPUS_KEY };

const select = Object.fromEntries(LIST_PROPERTIES.map((name) => [name, true]));
const tenDays = {
  createdAt: {
    $gte: new Date(CORPUS_END - 30 * DAY_MS).toISOString(),
    $lt: new Date(CORPUS_END - 20 * DAY_MS).toISOString(),
  },
};

/** A page of call-log's list; further parameters stand in its body. */
export function listRequest(parameters: object): LoadRequest {
  const body = JSON.stringify({ select, limit: PAGE_SIZE, ...parameters });
  return { method: "POST", path: "/api/call-log/get-list", headers: HEADERS, body };
}

function countRequest(query: object): LoadRequest {
  const body = JSON.stringify({ query });
  return { method: "POST", path: "/api/call-log/count", headers: HEADERS, body };
}

function sumsRequest(procedure: "stats" | "histogram", input: object): LoadRequest {
  const body = JSON.stringify({ "0": input });
  return { method: "POST", path: `/trpc/callLog.${procedure}?batch=1`, headers: HEADERS, body };
}

/** What is known of a corpus. */
export interface Corpus {
  size: number;
  /** Goes on from the middle of all, or from 50,000 deep. */
  cursor: string;
}

/** The questions whose cost is followed as the log grows. Each list brings its exact count. */
export const GROWTH_QUERIES: Readonly<Record<string, (corpus: Corpus) => LoadRequest>> = {
  "first page of all": () => listRequest({}),
  "first page by status": () => listRequest({ query: { status: "Busy" } }),
  "first page by ten days": () => listRequest({ query: tenDays }),
  "first page by status and ten days": () => listRequest({ query: { status: "Busy", ...tenDays } }),
  "first page by number": () => listRequest({ query: { toNumber: "+15550000042" } }),
  "first page by the end of a number": () =>
    listRequest({ query: { toNumber: { _type: "EndsWith", value: "4711" } } }),
  "first page by four digits of a number": () =>
    listRequest({ query: { toNumber: { _type: "Search", value: "4711" } } }),
  "first page by tag": () => listRequest({ query: { tags: "team-3" } }),
  "first page by tag and ten days": () => listRequest({ query: { tags: "team-3", ...tenDays } }),
  "page by cursor, 50,000 deep, or in the middle": ({ cursor }) => listRequest({ cursor }),
  "page by skip, in the middle": ({ size }) => listRequest({ skip: size / 2 }),
  "count of all": () => countRequest({}),
  "count by status": () => countRequest({ status: "Busy" }),
  "stats of ten days, by day": () => sumsRequest("stats", { query: tenDays, by: ["day"] }),
  "stats of all, by day in a zone and by country": () =>
    sumsRequest("stats", { query: {}, by: ["day", "country"], timeZone: "Europe/Berlin" }),
  "histogram of all": () => sumsRequest("histogram", { timeZone: "Europe/Berlin" }),
};
