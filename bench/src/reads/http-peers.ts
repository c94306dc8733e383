import { z } from "zod";

import type { LoadRequest } from "../http-load.ts";
import { CORPUS_PROJECT_ID } from "./corpus.ts";
import type { HttpPeerKind } from "./http-peer.ts";
import { driverQuery } from "./read-by-driver.ts";
import { CORPUS_KEY, PARSE_COLLECTION } from "./seeded-database.ts";
import {
  type Answer,
  ITEM_PROPERTIES,
  LIST_PROPERTIES,
  PAGE_SIZE,
  type Question,
} from "./workload.ts";

type Headers = LoadRequest["headers"];

function post(path: string, body: unknown, headers: Headers = {}): LoadRequest {
  const json = { "content-type": "application/json", ...headers };
  return { method: "POST", path, headers: json, body: JSON.stringify(body) };
}

function get(path: string, parameters: Readonly<Record<string, string>>, headers: Headers = {}) {
  const query = new URLSearchParams(parameters).toString();
  return { method: "GET", path: `${path}?${query}`, headers, body: null } as const;
}

const row = z.object({ _id: z.string() });
const counted = z.object({ count: z.number() });
const listed = counted.extend({ data: z.array(row) });

// A list, one call log or a count, as call-log and the minimal server answer it.
function readOwn(body: unknown): Answer {
  const parsed = z.union([listed, row, counted]).parse(body);
  if ("_id" in parsed) return { ids: [parsed._id] };
  return { ids: "data" in parsed ? parsed.data.map(({ _id }) => _id) : [], count: parsed.count };
}

/** Fastify and the driver, without a check. */
const minimal: HttpPeerKind = {
  name: "minimal",
  command: ({ uri, port }) => ({ file: "./reads/minimal-process.js", args: [uri, String(port)] }),
  request: (question) => post(`/${question.kind}`, driverQuery(question)),
  read: readOwn,
};

/** What is asked within a scope, as conditions that name it. */
function conditions(question: Exclude<Question, { kind: "item" }>) {
  const { status } = question;
  return { projectId: CORPUS_PROJECT_ID, ...(status !== undefined && { status }) };
}

const NEWEST_FIRST = JSON.stringify({ createdAt: -1, _id: -1 });

const restify: HttpPeerKind = {
  name: "express-restify-mongoose",
  command: ({ uri, port }) => ({ file: "../peers/restify.mjs", args: [uri, String(port)] }),
  request: (question) => {
    const calls = "/api/v1/calls";
    if (question.kind === "item")
      return get(`${calls}/${question.id}`, { select: ITEM_PROPERTIES.join(",") });
    const query = JSON.stringify(conditions(question));
    if (question.kind === "count") return get(`${calls}/count`, { query });
    const select = LIST_PROPERTIES.join(",");
    return get(calls, { query, select, sort: NEWEST_FIRST, limit: String(PAGE_SIZE) });
  },
  read: (body, headers) => {
    const total = headers.get("x-total-count");
    const parsed = z.union([z.array(row), row, counted]).parse(body);
    if (!Array.isArray(parsed)) return readOwn(parsed);
    return { ids: parsed.map(({ _id }) => _id), count: Number(total) };
  },
};

const PARSE_HEADERS = { "x-parse-application-id": "bench", "x-parse-master-key": "bench" };
const parseRow = z.object({ objectId: z.string() });
const parseList = z.object({ results: z.array(parseRow), count: z.number().optional() });

const parse: HttpPeerKind = {
  name: "parse-server",
  command: ({ uri, port }) => ({
    file: "../peers/parse.mjs",
    args: [uri, String(port), PARSE_COLLECTION],
  }),
  request: (question) => {
    const calls = `/parse/classes/${PARSE_COLLECTION}`;
    if (question.kind === "item")
      return get(`${calls}/${question.id}`, { keys: ITEM_PROPERTIES.join(",") }, PARSE_HEADERS);
    const where = JSON.stringify(conditions(question));
    const page =
      question.kind === "count"
        ? { limit: "0" }
        : { limit: String(PAGE_SIZE), order: "-createdAt", keys: LIST_PROPERTIES.join(",") };
    return get(calls, { where, count: "1", ...page }, PARSE_HEADERS);
  },
  read: (body) => {
    const parsed = z.union([parseList, parseRow]).parse(body);
    if ("objectId" in parsed) return { ids: [parsed.objectId] };
    return {
      ids: parsed.results.map(({ objectId }) => objectId),
      ...(parsed.count !== undefined && { count: parsed.count }),
    };
  },
};

// The api as it is run in production: built, on its own, with its key check, validation and scope.
function apiCommand({ uri, port, redisUrl }: { uri: string; port: number; redisUrl: string }) {
  const env = {
    MONGODB_URI: uri,
    REDIS_URL: redisUrl,
    PORT: String(port),
    PROVIDER: "simulated",
    LOG_LEVEL: "error",
    REQUESTS_PER_MINUTE: "0",
  };
  return { file: "../../apps/api/dist/main.js", env };
}

function keyHeader(question: Question): Headers {
  const project = question.kind === "list" ? question.project : undefined;
  return { apikey: project?.key ?? CORPUS_KEY };
}

const selection = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, true]));

/** The input of call-log's procedure for a question. */
function ownInput(question: Question) {
  switch (question.kind) {
    case "item":
      return { select: selection(ITEM_PROPERTIES) };
    case "list": {
      const query = question.status === undefined ? {} : { query: { status: question.status } };
      return { ...query, select: selection(LIST_PROPERTIES), limit: PAGE_SIZE };
    }
    case "count":
      return { query: { status: question.status } };
  }
}

const rest: HttpPeerKind = {
  name: "call-log, REST",
  command: apiCommand,
  request: (question) => {
    const input = ownInput(question);
    const path = question.kind === "item" ? `${question.id}/get-item` : REST_PATHS[question.kind];
    return post(`/api/call-log/${path}`, input, keyHeader(question));
  },
  read: readOwn,
};

const REST_PATHS = { list: "get-list", count: "count" } as const;

const PROCEDURES = { list: "getList", item: "getItem", count: "count" } as const;
const batch = z.tuple([z.object({ result: z.object({ data: z.unknown() }) })]);

// A batch of one, as the client of packages/client sends it.
const trpc: HttpPeerKind = {
  name: "call-log, tRPC",
  command: apiCommand,
  request: (question) => {
    const id = question.kind === "item" ? { id: question.id } : {};
    const body = { "0": { ...id, ...ownInput(question) } };
    return post(`/trpc/callLog.${PROCEDURES[question.kind]}?batch=1`, body, keyHeader(question));
  },
  read: (body) => readOwn(batch.parse(body)[0].result.data),
};

/** The api of an older state, from the built tree in this folder; on a database of its own. */
export function restBefore(folder: string): HttpPeerKind {
  const command: HttpPeerKind["command"] = (place) => ({
    ...apiCommand(place),
    file: `${folder}/apps/api/dist/main.js`,
  });
  return { ...rest, name: "call-log before, REST", command };
}

/** Every server that is compared. */
export const HTTP_PEERS = { minimal, restify, parse, rest, trpc } as const;
