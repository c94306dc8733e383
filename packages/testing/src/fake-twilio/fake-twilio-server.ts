import { setTimeout as delay } from "node:timers/promises";

import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";

import { incomingNumbers, outgoingCallerIds } from "./account-numbers.ts";
import { API_KEY } from "./api-key.ts";
import { callEvents } from "./call-events.ts";
import type { CallbackFault } from "./callback-sender.ts";
import type { Exchange, ExchangeOptions, Order } from "./exchange.ts";
import { callResource, FINAL, priceOf, type FakeCall } from "./fake-call.ts";
import { openExchange } from "./open-exchange.ts";
import { scriptOf, type CreateFault } from "./script.ts";
import { TWILIO_ERRORS, type TwilioError } from "./twilio-error.ts";

type Form = URLSearchParams;

const ACCOUNT = "/2010-04-01/Accounts/:accountSid";
/** The account itself, which no standard API key reads. */
const OWN = `${ACCOUNT}.json`;
const E164 = /^\+[1-9]\d{6,14}$/;
const MAX_TWIML = 4000;
const DEFAULT_PAGE = 50;

class Refusal extends Error {
  readonly error: TwilioError;
  readonly retryAfterSeconds: number | undefined;

  constructor(error: TwilioError, retryAfterSeconds?: number) {
    super(error.message);
    this.error = error;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Twilio's API for calls over HTTP, with a small API of its own under `/_control` to look at what it did and to disturb it. */
export function buildFakeTwilio(options: ExchangeOptions): FastifyInstance {
  const exchange = openExchange(options);
  const server = Fastify({ forceCloseConnections: true });
  server.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string" },
    async (_request: unknown, body: string) => new URLSearchParams(body),
  );
  server.setErrorHandler((error, _request, reply) => {
    const { status, code, message } = error instanceof Refusal ? error.error : failure(error);
    if (error instanceof Refusal && error.retryAfterSeconds !== undefined)
      void reply.header("retry-after", String(error.retryAfterSeconds));
    const more_info = `https://www.twilio.com/docs/errors/${code}`;
    return reply.code(status).send({ code, message, more_info, status });
  });
  routes(server, exchange);
  controls(server, exchange);
  return server;
}

function failure(error: unknown): TwilioError {
  return { status: 500, code: 20500, message: String(error) };
}

function routes(server: FastifyInstance, exchange: Exchange): void {
  const { accountSid } = exchange;
  const present = (call: FakeCall) => callResource(call, accountSid, exchange.priceOf(call));
  server.addHook("onRequest", async (request) => {
    if (!request.url.startsWith("/_control")) authenticate(request, exchange);
  });
  server.get(OWN, async () => ({
    sid: accountSid,
    friendly_name: "Fake",
    status: "active",
    type: "Full",
  }));
  server.get(`${ACCOUNT}/IncomingPhoneNumbers.json`, async (request) =>
    incomingNumbers(accountSid, wantedNumber(request)),
  );
  server.get(`${ACCOUNT}/OutgoingCallerIds.json`, async (request) =>
    outgoingCallerIds(accountSid, wantedNumber(request)),
  );
  server.post(`${ACCOUNT}/Calls.json`, async (request, reply) => {
    const order = orderOf(request.body as Form);
    const script = exchange.scriptFor(order);
    if (script.fault === undefined)
      return reply.code(201).send(present(exchange.place(order, script)));
    return failing(exchange, { reply, fault: script.fault, order, present });
  });
  server.get(`${ACCOUNT}/Calls.json`, async (request) => {
    const query = new URLSearchParams(request.query as Record<string, string>);
    return page(exchange, query, present);
  });
  server.get(`${ACCOUNT}/Calls/:name`, async (request) => present(callOf(exchange, request)));
  server.get(`${ACCOUNT}/Calls/:name/Events.json`, async (request) =>
    callEvents(callOf(exchange, request), exchange),
  );
  server.post(`${ACCOUNT}/Calls/:name`, async (request) => {
    const call = callOf(exchange, request);
    endByRequest(exchange, call, (request.body as Form).get("Status"));
    return present(call);
  });
}

function authenticate(request: FastifyRequest, { accountSid, authToken }: Exchange): void {
  const sent = request.headers.authorization;
  const isOwner = sent === basic(accountSid, authToken);
  const isKey = sent === basic(API_KEY.sid, API_KEY.secret) && request.routeOptions.url !== OWN;
  if (!(isOwner || isKey) || !request.url.includes(accountSid))
    throw new Refusal(TWILIO_ERRORS.authenticate);
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}

function wantedNumber({ query }: FastifyRequest): string | null {
  return new URLSearchParams(query as Record<string, string>).get("PhoneNumber");
}

function callOf(exchange: Exchange, request: FastifyRequest): FakeCall {
  const { name } = request.params as { name: string };
  const call = exchange.call(name.replace(/\.json$/, ""));
  if (call === undefined) throw new Refusal(TWILIO_ERRORS.notFound);
  return call;
}

function orderOf(form: Form): Order {
  const [to, from] = [form.get("To") ?? "", form.get("From") ?? ""];
  const twiml = form.get("Twiml") ?? "";
  const urls = ["StatusCallback", "AsyncAmdStatusCallback"].map((name) => form.get(name));
  if (to === "") throw new Refusal(TWILIO_ERRORS.missingTo);
  if (!E164.test(to)) throw new Refusal(TWILIO_ERRORS.invalidTo);
  if (!E164.test(from)) throw new Refusal(TWILIO_ERRORS.invalidFrom);
  if (twiml === "") throw new Refusal(TWILIO_ERRORS.invalidUrl);
  if (twiml.length > MAX_TWIML) throw new Refusal(TWILIO_ERRORS.twimlTooLong);
  if (urls.some((url) => url !== null && !URL.canParse(url)))
    throw new Refusal(TWILIO_ERRORS.invalidUrl);
  const [statusUrl, amdUrl] = urls;
  const events = form.getAll("StatusCallbackEvent");
  return {
    to,
    from,
    twiml,
    detectsMachine: form.get("MachineDetection") === "Enable",
    timeoutSeconds: Number(form.get("Timeout") ?? 60),
    // One value with spaces in it is not a list: nothing but the end is reported then, as at Twilio.
    statusEvents: events.length === 0 ? ["completed"] : events,
    ...(statusUrl && { statusUrl }),
    ...(amdUrl && form.get("AsyncAmd") === "true" && { amdUrl }),
  };
}

interface Failing {
  reply: FastifyReply;
  fault: CreateFault;
  order: Order;
  present: (call: FakeCall) => object;
}

async function failing(exchange: Exchange, { reply, fault, order, present }: Failing) {
  const { fault: _fault, ...script } = scriptOf(order.to);
  const place = () => exchange.place(order, script);
  switch (fault.kind) {
    case "error":
      if (fault.placesCall) place();
      throw new Refusal(fault.error, fault.retryAfterSeconds);
    case "reset":
      if (fault.placesCall) place();
      reply.raw.destroy();
      return reply.hijack();
    case "silence":
      if (fault.placesCall) place();
      return reply.hijack();
    case "slow":
      await delay((fault.seconds / exchange.speed) * 1000);
      return reply.code(201).send(present(place()));
  }
}

function endByRequest(exchange: Exchange, call: FakeCall, status: string | null): void {
  const isLive = call.status === "in-progress";
  if (status === "canceled" && !isLive && !FINAL.has(call.status)) exchange.end(call, "canceled");
  else if (status === "completed" && !FINAL.has(call.status))
    exchange.end(call, isLive ? "completed" : "canceled");
  else if (FINAL.has(call.status) || status !== "canceled")
    throw new Refusal(TWILIO_ERRORS.notInProgress);
}

function page(
  exchange: Exchange,
  query: URLSearchParams,
  present: (call: FakeCall) => object,
): object {
  const size = Number(query.get("PageSize") ?? DEFAULT_PAGE);
  const number = Number(query.get("Page") ?? 0);
  const matches = exchange
    .calls()
    .filter(({ to, from }) => is(query.get("To"), to) && is(query.get("From"), from))
    .toReversed();
  const start = number * size;
  const uri = (at: number) => {
    const next = new URLSearchParams(query);
    next.set("Page", String(at));
    next.set("PageSize", String(size));
    return `/2010-04-01/Accounts/${exchange.accountSid}/Calls.json?${next.toString()}`;
  };
  const calls = matches.slice(start, start + size).map(present);
  return {
    calls,
    first_page_uri: uri(0),
    next_page_uri: start + size < matches.length ? uri(number + 1) : null,
    previous_page_uri: number > 0 ? uri(number - 1) : null,
    uri: uri(number),
    page: number,
    page_size: size,
    start,
    end: start + Math.max(0, calls.length - 1),
  };
}

function is(wanted: string | null, value: string): boolean {
  return wanted === null || wanted === value;
}

function controls(server: FastifyInstance, exchange: Exchange): void {
  server.get("/_control/calls", async () =>
    exchange.calls().map((call) => ({
      sid: call.sid,
      to: call.to,
      from: call.from,
      status: call.status,
      statusUrl: call.targets.statusUrl,
      spoken: call.spoken,
      pressed: call.requests.flatMap(({ form }) => form["Digits"] ?? []),
      price: priceOf(call),
    })),
  );
  server.post("/_control/callbacks", async (request) => {
    exchange.callbackFault = (request.body as { fault: CallbackFault }).fault;
    return {};
  });
}
