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

/** What one call in two thousand says. */
const MESSAGE = "Incident 42: the database of shop.example is down. Press 4 to acknowledge.";

/** A page of call-log's list; further parameters stand in its body. */
export function listRequest(parameters: object): LoadRequest {
  const body = JSON.stringify({ select, limit: PAGE_SIZE, ...parameters });
  return { method: "POST", path: "/api/call-log/get-list", headers: HEADERS, body };
}

function countRequest(query: object): LoadRequest {
  const body = JSON.stringify({ query });
  return { method: "POST", path: "/api/call-log/count", headers: HEADERS, body };
}

function sumsRequest(procedure: "stats" | "histogram" | "figures", input: object): LoadRequest {
  return procedureRequest(`callLog.${procedure}`, input);
}

function procedureRequest(name: string, input: object): LoadRequest {
  const body = JSON.stringify({ "0": input });
  return { method: "POST", path: `/trpc/${name}?batch=1`, headers: HEADERS, body };
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
  "first page by the end of fromNumber": () =>
    listRequest({ query: { fromNumber: { _type: "EndsWith", value: "2222" } } }),
  "first page by two tags": () =>
    listRequest({ query: { tags: { _type: "IncludesAll", value: ["night", "team-3"] } } }),
  "first page by provider": () => listRequest({ query: { provider: "simulated" } }),
  "first page by an attempt's outcome": () =>
    listRequest({ query: { "attempts.outcome": "busy" } }),
  "first page by a range of cost": () =>
    listRequest({ query: { callCostInUSDCents: { $gt: 1, $lt: 3 } } }),
  "first page by a key of callData": () =>
    listRequest({ query: { callData: { message: MESSAGE } } }),
  "first page by a word of a message": () =>
    listRequest({ query: { "callData.message": { _type: "Search", value: "Incident 42:" } } }),
  "page by cursor, 50,000 deep, or in the middle": ({ cursor }) => listRequest({ cursor }),
  "page by skip, in the middle": ({ size }) => listRequest({ skip: size / 2 }),
  "count of all": () => countRequest({}),
  "count by status": () => countRequest({ status: "Busy" }),
  "count by tag": () => countRequest({ tags: "team-3" }),
  "count by tag and ten days": () => countRequest({ tags: "team-3", ...tenDays }),
  "stats of ten days, by day": () => sumsRequest("stats", { query: tenDays, by: ["day"] }),
  "stats of all, by day in a zone and by country": () =>
    sumsRequest("stats", { query: {}, by: ["day", "country"], timeZone: "Europe/Berlin" }),
  "stats by status of a tag": () =>
    sumsRequest("stats", { query: { tags: "team-3" }, by: ["status"] }),
  "stats by status of a tag, in parts": () =>
    sumsRequest("stats", { query: { tags: "team-3" }, by: ["status"], inParts: true }),
  "figures of all, by country": () => sumsRequest("figures", { by: ["country"] }),
  "figures of ten days, by person": () =>
    sumsRequest("figures", { query: tenDays, by: ["person"] }),
  "histogram by tag": () => sumsRequest("histogram", { query: { tags: "team-3" } }),
  "histogram by tag, in parts": () =>
    sumsRequest("histogram", { query: { tags: "team-3" }, inParts: true }),
  "search of the dashboard, a name": () => procedureRequest("search.find", { text: "Ann 42" }),
  "search of the dashboard, digits": () => procedureRequest("search.find", { text: "4711" }),
  "histogram of all": () => sumsRequest("histogram", { timeZone: "Europe/Berlin" }),
};
