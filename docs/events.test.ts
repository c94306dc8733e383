import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import {
  COMPRESSED_TIME,
  freshFolder,
  startProcess,
} from "../apps/standalone/e2e/standalone-process.ts";
import { type CallLogClient, createCallLogClient } from "../packages/client/src/index.ts";
import {
  CALL_EVENT_TYPES,
  type CallRequestInput,
  PROBLEM_EVENT_TYPES,
  PROBLEM_RULES,
  PROPERTIES,
  WEBHOOK_EVENT_TYPES,
} from "../packages/model/src/index.ts";
import { endpointChannel } from "../packages/runtime/src/watch/endpoint-channel.ts";
import { waitFor } from "../packages/testing/src/index.ts";
import { fences, section, tableRows, textOf } from "./markdown.ts";

const KEY = "key-of-the-test-of-all-events";
const page = textOf("docs/reference/events.md");

interface Event {
  type: string;
  timestamp: string;
  data: Record<string, Record<string, unknown>>;
}

interface Post {
  path: string;
  headers: Record<string, string>;
  body: string;
}

const GATHER = { say: "Press 4.", on: { "4": { acknowledge: true, say: "Thanks." } } };
const request = (more: object): CallRequestInput => ({
  toNumber: "+15550100110",
  say: "Hello",
  tags: ["night"],
  ...more,
});

let client: CallLogClient;
let secrets: { endpoint: string; notify: string };
const posts: Post[] = [];
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  const folder = await freshFolder();
  closing.unshift(() => folder[Symbol.asyncDispose]());
  const product = startProcess(folder.path, { ...COMPRESSED_TIME, BOOTSTRAP_API_KEY: KEY });
  closing.unshift(() => product[Symbol.asyncDispose]());
  const receiver = await startReceiver();
  const { url } = await product.ready();
  client = createCallLogClient({ url, apiKey: KEY });
  const { secret } = await client.webhooks.create.mutate({ url: `${receiver}/endpoint` });
  const notify = await client.webhooks.revealSecret.mutate({ id: "notify" });
  secrets = { endpoint: secret, notify: notify.secret };
});
afterAll(async () => {
  for (const close of closing) await close();
});

/** A receiver that keeps what it gets; its address. */
async function startReceiver(): Promise<string> {
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const { url: path = "", headers } = incoming;
      posts.push({ path, headers: flat(headers), body: Buffer.concat(chunks).toString() });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function flat(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

/** Events that arrived at a path, each verified by the standard's own library. */
function eventsAt(path: keyof typeof secrets): (Event & { id: string })[] {
  return posts
    .filter((post) => post.path === `/${path}`)
    .map(({ headers, body }) => ({
      ...(new Webhook(secrets[path]).verify(body, headers) as Event),
      id: headers["webhook-id"]!,
    }));
}

const example = (type: string) => JSON.parse(fences(section(page, type), "json")[0]!) as Event;

/** Fields of an example that a real value does not have, or not of that type. */
function unlike(shown: unknown, real: unknown, path = ""): string[] {
  if (typeof shown !== "object" || shown === null)
    return typeof shown === typeof real && (shown === null) === (real === null) ? [] : [path];
  if (typeof real !== "object" || real === null) return [path];
  return Object.entries(shown).flatMap(([name, value]) =>
    unlike(value, (real as Record<string, unknown>)[name], `${path}.${name}`),
  );
}

test("events of calls that the API placed arrive signed, in order for each call, with ids of their own", async () => {
  const retry = { maxAttempts: 2, backoff: { type: "fixed", delaySeconds: 1 } };
  const gather = { say: [{ gather: GATHER }], reachedWhen: "acknowledged" };
  const requests = [
    request({ toNumber: "+15550100116", ...gather, retry }),
    request({ toNumber: "+15550100110" }),
    request({ toNumber: "+15550100142", onUnknown: "retry" }),
  ];
  for (const one of requests) await client.calls.dispatch.mutate(one);
  await waitFor(
    () => CALL_EVENT_TYPES.every((type) => eventsAt("endpoint").some((one) => one.type === type)),
    { describe: "an event of every type" },
  );
  const events = eventsAt("endpoint");
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  for (const callLogId of new Set(events.map(({ data }) => data["callLog"]!["_id"]))) {
    const own = events.filter(({ data }) => data["callLog"]!["_id"] === callLogId);
    const numbers = own.map(({ id }) => Number(id.replace(`${String(callLogId)}-e`, "")));
    expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
    expect(own[0]).toMatchObject({
      type: "call.status-changed",
      data: { change: { from: null } },
    });
  }
});

test("the address of a request gets the types that it names, signed with the project's secret for such addresses", async () => {
  const url = new URL("/notify", await endpointAddress()).href;
  const notify = { url, events: ["call.exhausted" as const] };
  const { _id } = await client.calls.dispatch.mutate(request({ notify }));
  await waitFor(() => eventsAt("notify").length > 0, { describe: "the event" });
  expect(eventsAt("notify")).toMatchObject([
    { type: "call.exhausted", data: { callLog: { _id } } },
  ]);
});

async function endpointAddress(): Promise<string> {
  return (await client.webhooks.list.query()).endpoints[0]!.url;
}

describe.each(CALL_EVENT_TYPES)("%s", (type) => {
  test("has an example whose fields are those of a real event", () => {
    const real = eventsAt("endpoint").filter((one) => one.type === type);
    const shown = example(type);
    expect(shown.type).toBe(type);
    // What an event leaves out where there is no value, another one of its type has.
    const differences = real.map((one) => unlike(shown, one));
    expect(differences).toContainEqual([]);
    const known = new Set(Object.keys(shown.data["change"]!));
    const told = section(page, type);
    const more = real.flatMap(({ data }) => Object.keys(data["change"]!));
    expect(more.filter((name) => !known.has(name) && !told.includes(`\`${name}\``))).toEqual([]);
    expect(Object.keys(real[0]!.data["callLog"]!).toSorted()).toEqual(
      Object.keys(PROPERTIES).toSorted(),
    );
  });
});

describe.each(PROBLEM_EVENT_TYPES)("%s", (type) => {
  test("has an example whose fields are those of a real event", async () => {
    const shown = example(type);
    const { rule, severity, title, remedy } = shown.data["problem"]!;
    expect({ severity, title, remedy }).toEqual({
      ...pick(PROBLEM_RULES[rule as keyof typeof PROBLEM_RULES]),
    });
    const bodies: string[] = [];
    const channel = endpointChannel({
      webhookEndpoints: { listeners: async () => [{ _id: "e", events: [type] }] },
      webhookDeliveries: { add: async (made) => void bodies.push(...made.map(({ body }) => body)) },
    });
    const at = new Date();
    const kind = type === "problem.began" ? "began" : "ended";
    const projectId = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
    const problem = { id: "p", rule: "call-stuck", projectId, text: "x", since: at };
    await channel.send({ ...problem, kind, at, eventId: "e", tries: 0 } as never);
    const real = JSON.parse(bodies[0]!) as Event;
    expect(unlike(shown, real)).toEqual([]);
    expect(unlike(real, shown)).toEqual([]);
  });
});

function pick({ severity, title, remedy }: { severity: string; title: string; remedy: string }) {
  return { severity, title, remedy };
}

test("the page has every type", () => {
  expect(tableRows(page).map(([type]) => type)).toEqual([...WEBHOOK_EVENT_TYPES]);
});
