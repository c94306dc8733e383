import { generateKeyPairSync } from "node:crypto";

import Fastify, { type FastifyInstance, type FastifyReply } from "fastify";

import { ownedNumbers, verifiedNumber } from "./account-numbers.ts";
import { runCall } from "./call-course.ts";
import { callResource, newCall, type Command, type FakeCall, type Order } from "./fake-call.ts";
import { scriptOf, type DialFault, type Refusal } from "./script.ts";
import { webhookSender } from "./webhook-sender.ts";

const [API_KEY, CONNECTION_ID] = ["KEY-fake-telnyx", "1293384261075731461"];

/** A Telnyx for tests, in the process of the test. */
export interface FakeTelnyx {
  url: string;
  apiKey: string;
  /** Ed25519, 32 bytes in base64. */
  publicKey: string;
  connectionId: string;
  /** Every call that it placed, oldest first. */
  calls(): readonly Pick<FakeCall, "id" | "to" | "from" | "spoken">[];
  close(): Promise<void>;
}

interface Exchange {
  speed: number;
  calls: Map<string, FakeCall>;
  send: ReturnType<typeof webhookSender>;
}

/** Start one on a free port; `speed` is how many of its seconds pass in a real one. */
export async function startFakeTelnyx({ speed = 20 } = {}): Promise<FakeTelnyx> {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const calls = new Map<string, FakeCall>();
  const server = Fastify({ forceCloseConnections: true });
  const { x = "" } = publicKey.export({ format: "jwk" });
  routes(server, { speed, calls, send: webhookSender(privateKey) });
  return {
    url: await server.listen({ host: "127.0.0.1", port: 0 }),
    apiKey: API_KEY,
    publicKey: Buffer.from(x, "base64url").toString("base64"),
    connectionId: CONNECTION_ID,
    calls: () => [...calls.values()],
    close: () => server.close(),
  };
}

function routes(server: FastifyInstance, exchange: Exchange): void {
  const { calls, speed } = exchange;
  server.addHook("onRequest", async (request, reply) => {
    if (request.headers.authorization !== `Bearer ${API_KEY}`)
      return refuse(reply, { status: 401, code: "10009" });
    return undefined;
  });
  server.get(`/v2/call_control_applications/${CONNECTION_ID}`, async () => ({
    data: { record_type: "call_control_application", id: CONNECTION_ID, active: true },
  }));
  server.get<{ Querystring: Record<string, string> }>("/v2/phone_numbers", async ({ query }) =>
    ownedNumbers(query["filter[phone_number]"] ?? ""),
  );
  server.get<{ Params: { number: string } }>(
    "/v2/verified_numbers/:number",
    async ({ params }, reply) =>
      verifiedNumber(params.number) ?? refuse(reply, { status: 404, code: "10005" }),
  );
  server.post<{ Body: Order & { connection_id?: string } }>("/v2/calls", async (request, reply) => {
    const { connection_id, to } = request.body;
    if (connection_id !== CONNECTION_ID)
      return refuse(reply, { status: 422, code: "10015", pointer: "/connection_id" });
    const { fault } = scriptOf(to);
    if (fault !== undefined) return fail(exchange, { reply, fault, order: request.body });
    return { data: callResource(place(exchange, request.body), speed) };
  });
  server.get<{ Params: { id: string } }>("/v2/calls/:id", async (request, reply) => {
    const call = calls.get(request.params.id);
    return call
      ? { data: callResource(call, speed) }
      : refuse(reply, { status: 404, code: "10005" });
  });
  server.get(`/v2/connections/${CONNECTION_ID}/active_calls`, async () => {
    const active = [...calls.values()].filter(({ endedAt }) => endedAt === undefined);
    // The real list leaves out whether a call is alive, and when it began.
    return {
      data: active.map((call) => {
        const { is_alive: _, start_time: __, ...listed } = callResource(call, speed);
        return listed;
      }),
      meta: { total_items: active.length, cursors: {} },
    };
  });
  server.get<{ Querystring: Record<string, string> }>("/v2/call_events", async ({ query }) => ({
    data: [...calls.values()].filter(({ to }) => to === query["filter[to]"]).flatMap(eventRows),
  }));
  server.post<{ Params: { id: string; action: string }; Body: CommandBody }>(
    "/v2/calls/:id/actions/:action",
    async ({ params: { id, action }, body }, reply) => {
      const call = calls.get(id);
      if (call === undefined) return refuse(reply, { status: 404, code: "10005" });
      if (call.endedAt !== undefined) return refuse(reply, { status: 422, code: "90018" });
      if (call.answeredAt === undefined && action !== "hangup")
        return refuse(reply, { status: 422, code: "90034" });
      takeCommand(call, action, body);
      return { data: { result: "ok" } };
    },
  );
}

// https://developers.telnyx.com/api-reference/debugging/list-call-events; where in `metadata` the raw event is, is not said there.
function eventRows({ id, sent }: FakeCall) {
  return sent.map((event) => ({
    record_type: "call_event",
    call_leg_id: id,
    call_session_id: id,
    event_timestamp: event.occurred_at,
    name: event.event_type,
    type: "webhook",
    metadata: { raw_event: event },
  }));
}

interface CommandBody extends Omit<Command, "action"> {
  command_id?: string;
  client_state?: string;
}

function takeCommand(call: FakeCall, action: string, body: CommandBody): void {
  const { command_id, client_state, ...command } = body;
  if (command_id !== undefined && call.commandIds.has(command_id)) return;
  if (command_id !== undefined) call.commandIds.add(command_id);
  call.clientState = client_state ?? call.clientState;
  if (action === "hangup") call.endedAt = new Date();
  call.next(action === "hangup" ? "hangup" : { action, ...command });
}

// A second "dial" of the same command id is ignored, and answered with the first one's call.
function place(exchange: Exchange, order: Order): FakeCall {
  const { calls } = exchange;
  const known = [...calls.values()].find(
    ({ commandIds }) => order.command_id !== undefined && commandIds.has(order.command_id),
  );
  if (known !== undefined) return known;
  const call = newCall(order, scriptOf(order.to));
  if (order.command_id !== undefined) call.commandIds.add(order.command_id);
  calls.set(call.id, call);
  void runCall(call, exchange);
  return call;
}

function fail(
  exchange: Exchange,
  { reply, fault, order }: { reply: FastifyReply; fault: DialFault; order: Order },
): FastifyReply {
  if (fault.placesCall === true) place(exchange, order);
  if (fault.kind === "error") return refuse(reply, fault);
  reply.raw.destroy();
  return reply;
}

function refuse(reply: FastifyReply, { status, code, pointer }: Refusal): FastifyReply {
  const source = pointer === undefined ? {} : { source: { pointer } };
  return reply.code(status).send({ errors: [{ code, title: `Error ${code}`, ...source }] });
}
