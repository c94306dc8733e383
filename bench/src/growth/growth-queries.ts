import { PAGE } from "@call-log/model";

import type { LoadRequest } from "../http-load.ts";
import { corpusCall } from "../reads/corpus.ts";
import { CORPUS_KEY, CORPUS_OWNER_KEY } from "../reads/seeded-database.ts";
import { ITEM_PROPERTIES, LIST_PROPERTIES, PAGE_SIZE } from "../reads/workload.ts";
import { FILTERS, tenDays, userId } from "./filters.ts";

const HEADERS = { "content-type": "application/json", apikey: CORPUS_KEY };
const OWNER_HEADERS = { ...HEADERS, apikey: CORPUS_OWNER_KEY };

function selection(names: readonly string[]): Record<string, true> {
  return Object.fromEntries(names.map((name) => [name, true]));
}

const select = selection(LIST_PROPERTIES);
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

// As the dashboard of a person asks who may do everything in the project.
function procedureRequest(name: string, input: object = {}): LoadRequest {
  const body = JSON.stringify({ "0": input });
  return { method: "POST", path: `/trpc/${name}?batch=1`, headers: OWNER_HEADERS, body };
}

function itemRequest(index: number, size: number): LoadRequest {
  const { _id } = corpusCall(index, size);
  const body = JSON.stringify({ select: selection(ITEM_PROPERTIES) });
  return { method: "POST", path: `/api/call-log/${_id}/get-item`, headers: HEADERS, body };
}

/** What is known of a corpus. */
export interface Corpus {
  size: number;
  /** Goes on from the middle of all, or from 50,000 deep. */
  cursor: string;
}

const FIRST_PAGES = Object.fromEntries(
  Object.entries(FILTERS).map(([name, query]) => [
    `first page by ${name}`,
    () => listRequest({ query }),
  ]),
);

/** The questions whose cost is followed as the log grows. Each list brings its exact count. */
export const GROWTH_QUERIES: Readonly<Record<string, (corpus: Corpus) => LoadRequest>> = {
  "first page of all": () => listRequest({}),
  ...FIRST_PAGES,
  "page by cursor, 50,000 deep, or in the middle": ({ cursor }) => listRequest({ cursor }),
  "page by skip, in the middle": ({ size }) =>
    listRequest({ skip: Math.min(size / 2, PAGE.maxSkip) }),
  "sorted by status, then by time": () => listRequest({ sort: { status: "ASC", createdAt: -1 } }),
  "sorted by number": () => listRequest({ sort: { toNumber: "ASC" } }),
  "sorted by cost": () => listRequest({ sort: { callCostInUSDCents: "DESC" } }),
  "sorted by the last change": () => listRequest({ sort: { updatedAt: "DESC" } }),
  "get-item": ({ size }) => itemRequest(size / 2, size),
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
  "stats of all, by tag": () => sumsRequest("stats", { by: ["tag"] }),
  "figures of all, by country": () => sumsRequest("figures", { by: ["country"] }),
  "figures of all, by day in a zone": () =>
    sumsRequest("figures", { by: ["day"], timeZone: "Europe/Berlin" }),
  "figures of ten days, by hour and outcome": () =>
    sumsRequest("figures", { query: tenDays, by: ["hour", "outcome"] }),
  "figures of ten days, by person": () =>
    sumsRequest("figures", { query: tenDays, by: ["person"] }),
  "histogram by tag": () => sumsRequest("histogram", { query: { tags: "team-3" } }),
  "histogram by tag, in parts": () =>
    sumsRequest("histogram", { query: { tags: "team-3" }, inParts: true }),
  "search of the dashboard, a name": () => procedureRequest("search.find", { text: "Ann 42" }),
  "search of the dashboard, digits": () => procedureRequest("search.find", { text: "4711" }),
  "a person's page, by number": () => procedureRequest("people.get", { toNumber: "+15550000042" }),
  "a person's page": () => procedureRequest("people.get", { userId }),
  "an incident's page": ({ size }) =>
    procedureRequest("incidents.get", { incidentId: corpusCall(size / 2, size).incidentId }),
  "health of the project": () => procedureRequest("system.status"),
  "open calls, before a stop": () => procedureRequest("stop.openCalls"),
  "preview of changed settings": () =>
    procedureRequest("projects.previewSettings", { settings: { quietHours: null } }),
  "histogram of all": () => sumsRequest("histogram", { timeZone: "Europe/Berlin" }),
};
