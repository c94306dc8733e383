import { WAIT_RESULTS, WAIT_SECONDS } from "@call-log/model";
import type { FollowedState, LiveCalls } from "@call-log/router";
import { z } from "zod";

import { EVENT_STREAM_HEADERS, eventStream, type ServerEvent } from "./event-stream.ts";
import { EXAMPLE_CALL_LOG } from "./example-call-log.ts";
import { callLogResponse } from "./response-schemas.ts";
import { idOf } from "./rest-input.ts";
import type { RestResponse, RestRoute } from "./rest-route.ts";
import {
  lastEventIdOf,
  selectionOf,
  selectParameter,
  statusParameter,
  statusQueryOf,
  WAIT_PARAMETERS,
  waitOf,
} from "./wait-input.ts";

const example = EXAMPLE_CALL_LOG.item.response;
const results = Object.entries(WAIT_RESULTS).map(([name, meaning]) => `\`${name}\`: ${meaning}`);

const waitResponse = z.object({
  result: z
    .enum(Object.keys(WAIT_RESULTS) as [keyof typeof WAIT_RESULTS])
    .meta({ description: results.join("; ") }),
  call: callLogResponse,
});

const wait: RestRoute = {
  name: "waitForCall",
  methods: ["GET"],
  path: "/api/call-log/:id/wait",
  operation: "read",
  summary: "Wait for a call",
  description: `Answers when the condition \`until\` holds or can't hold any more, at the latest after \`timeout\` seconds (${WAIT_SECONDS.byDefault}, at most ${WAIT_SECONDS.atMost}). \`result\` says which of these; ask again for as long as it is \`timed-out\` or \`interrupted\`. A wait takes one of the key's live streams.`,
  query: WAIT_PARAMETERS,
  answers: {
    200: {
      description: "How the wait ended, and the call as it stands then",
      schema: waitResponse,
      example: { result: "met", call: example },
    },
  },
  refusals: ["NOT_FOUND"],
  call: async (caller, request) => {
    const body = await caller.callLog.wait({ ...waitOf(request), ...idOf(request) });
    return { ...(body.result === "interrupted" && { headers: { "retry-after": "1" } }), body };
  },
};

const lastEventIdHeader = z.string().optional().meta({
  description: "Id of the last event that was seen; `EventSource` sends it when it comes again",
});

const stream = (description: string, text: string): RestResponse => ({
  description,
  mediaType: "text/event-stream",
  schema: z.string(),
  example: text,
});

const eventText = (event: string, data: unknown) =>
  `event: ${event}\nid: 2026-11-24T09:12:33.123Z\ndata: ${JSON.stringify(data)}\n\n`;

const callEvents: RestRoute = {
  name: "followCall",
  methods: ["GET"],
  path: "/api/call-log/:id/events",
  operation: "read",
  summary: "Follow a call",
  description:
    "Server-sent events: `call-log` with the call as it stands, at first and after each change, and `ended` with its final state, which is the last. Comments keep the connection. After `ended`, a client that comes again with its `Last-Event-ID` gets 204, on which `EventSource` stops. A failure is an event `error` with the body of a refusal. `select` reduces what is sent.",
  query: { select: selectParameter.optional() },
  headers: { "Last-Event-ID": lastEventIdHeader },
  answers: {
    200: stream("The events", eventText("ended", example)),
    204: { description: "The call is over, and the client has its final state" },
  },
  refusals: ["NOT_FOUND"],
  call: async (caller, request) => {
    const lastEventId = lastEventIdOf(request);
    const input = { ...selectionOf(request), ...idOf(request), lastEventId };
    const states = (await caller.callLog.follow(input)) as AsyncGenerator<Tracked<FollowedState>>;
    const first = await states.next();
    if (first.done !== true && isSeen(first.value, lastEventId)) {
      await states.return(undefined);
      return { status: 204, body: undefined };
    }
    const events = stateEvents(first, states);
    return { headers: EVENT_STREAM_HEADERS, body: eventStream(events, request.id) };
  },
};

const events: RestRoute = {
  name: "followCalls",
  methods: ["GET"],
  path: "/api/call-log/events",
  operation: "read",
  summary: "Follow all calls",
  description:
    "Server-sent events of the key's project from now on, or from `Last-Event-ID` on: `call-log` with each call that is new or has changed, as it stands now. Each change is sent at least once; changes of one call within a second may come as one event. Comments keep the connection. `status` and `select` reduce what is sent.",
  query: { status: statusParameter.optional(), select: selectParameter.optional() },
  headers: { "Last-Event-ID": lastEventIdHeader },
  answers: { 200: stream("The events", eventText("call-log", example)) },
  refusals: [],
  call: async (caller, request) => {
    const lastEventId = lastEventIdOf(request);
    const input = { ...selectionOf(request), ...statusQueryOf(request), lastEventId };
    const changes = (await caller.callLog.live(input)) as AsyncIterable<Tracked<LiveCalls>>;
    return {
      headers: EVENT_STREAM_HEADERS,
      body: eventStream(changeEvents(changes), request.id),
    };
  },
};

/** Waiting for calls: long polls and streams of events, for programs without tRPC. */
export const WAIT_ROUTES: readonly RestRoute[] = [wait, callEvents, events];

/** An event of a subscription with its id, as tRPC marks it. */
type Tracked<T> = readonly [id: string, data: T, mark: symbol];

function isSeen([id, { isOver }]: Tracked<FollowedState>, lastEventId: string | undefined) {
  return isOver && id === lastEventId;
}

async function* stateEvents(
  first: IteratorResult<Tracked<FollowedState>, unknown>,
  states: AsyncGenerator<Tracked<FollowedState>>,
): AsyncGenerator<ServerEvent, void> {
  for (let next = first; next.done !== true; next = await states.next()) {
    const [id, { call, isOver }] = next.value;
    yield { event: isOver ? "ended" : "call-log", id, data: call };
  }
}

async function* changeEvents(
  changes: AsyncIterable<Tracked<LiveCalls>>,
): AsyncGenerator<ServerEvent, void> {
  for await (const [id, { calls }] of changes)
    for (const [index, data] of calls.entries())
      yield { event: "call-log", id: index === calls.length - 1 ? id : undefined, data };
}
