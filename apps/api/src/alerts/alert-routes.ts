import { countsOf } from "@call-log/dispatcher";
import { type AlertAnswer, type AlertSource, CallLogError, KEPT_DELIVERIES } from "@call-log/model";
import { toCallLogError } from "@call-log/router";
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";

import type { ApiServices } from "../api-dependencies.ts";
import { answeredError, errorReply, reportError } from "../errors/error-reply.ts";
import { noteForLog } from "../http/access-log.ts";
import { parseAlertBody } from "./alert-body.ts";
import { type AlertReply, invalidEvent, refusedWhole, replyTo } from "./alert-reply.ts";
import { headerToken, sourceOf } from "./alert-token.ts";

/** Largest notification, in bytes, before and after decompression: some ten thousand alerts. */
const ALERT_BODY_LIMIT = 16_777_216;
/** Largest event that is read before its token is known, in bytes; PagerDuty takes half of it. */
const EVENT_BODY_LIMIT = 1_048_576;

const TOO_LARGE =
  "The notification is larger than 16 MB; let the source send fewer alerts in one, such as by max_alerts of Alertmanager.";

/** Where PagerDuty takes events. */
const EVENT_PATH = "/v2/enqueue";

// Which source a request is of, for the answer to an error that comes before its body is read.
const sources = new WeakMap<FastifyRequest, AlertSource>();

// Whose token a refused request came with: one that was replaced, or at the address of another kind.
const owners = new WeakMap<FastifyRequest, Pick<AlertSource, "_id" | "projectId">>();

interface AlertParams {
  source: string;
  token?: string;
}

/** Alerts of other programs: each source posts its own body, by a token in the address or in a header. */
export function alertRoutes(services: ApiServices): FastifyPluginAsync {
  return async (server) => {
    server.removeAllContentTypeParsers();
    server.addContentTypeParser(
      "*",
      { parseAs: "buffer" },
      async (_request: unknown, body: Buffer) => body,
    );
    server.setErrorHandler((error, request, reply) =>
      answerError(services, error, { request, reply }),
    );
    const admit = async (request: FastifyRequest, reply: FastifyReply) => {
      const { source: kind, token = headerToken(request) } = request.params as AlertParams;
      await identify(services, { request, reply }, { kind, token });
    };
    const handler = async (request: FastifyRequest, reply: FastifyReply) =>
      take(services, { request, reply }, parseAlertBody(request.body));
    for (const path of ["/in/:source/:token", "/in/:source"])
      server.post(path, { bodyLimit: ALERT_BODY_LIMIT, onRequest: admit }, handler);
    // What knows PagerDuty's address alone: its token is in the event.
    server.post(EVENT_PATH, { bodyLimit: EVENT_BODY_LIMIT }, async (request, reply) => {
      const body = parseAlertBody(request.body);
      const routingKey = (body as { routing_key?: unknown } | null)?.routing_key;
      const token = typeof routingKey === "string" ? routingKey : undefined;
      await identify(services, { request, reply }, { kind: "pagerduty", token });
      return take(services, { request, reply }, body);
    });
  };
}

interface Exchange {
  request: FastifyRequest;
  reply: FastifyReply;
}

async function identify(
  services: ApiServices,
  { request, reply }: Exchange,
  given: { kind: string; token: string | undefined },
): Promise<void> {
  const source = await sourceOf(services, request, given).catch(async (error: unknown) => {
    await noteOwner(services, request, { error, token: given.token });
    throw error;
  });
  sources.set(request, source);
  noteForLog(request, { alertSourceId: source._id, projectId: source.projectId });
  const refusal = await services.requestLimit.count(request, reply);
  if (refusal !== undefined) throw refusal;
}

// The operator who asks why nothing rang learns that the source still uses an old address.
async function noteOwner(
  { store }: Pick<ApiServices, "store">,
  request: FastifyRequest,
  { error, token = "" }: { error: unknown; token: string | undefined },
): Promise<void> {
  const isRefused = error instanceof CallLogError && [401, 404].includes(error.httpStatus);
  const owner = isRefused ? await store.alertSources.ownerOf(token) : undefined;
  if (owner !== undefined) owners.set(request, owner);
}

async function take(
  services: ApiServices,
  { request, reply }: Exchange,
  body: unknown,
): Promise<FastifyReply> {
  const source = sources.get(request);
  if (source === undefined) throw new Error("the source of a notification is known by here");
  const taken = await services.dispatcher.takeAlerts(source, body, request.id);
  const { called, repeated, canceled, refused } = taken.counts;
  noteForLog(request, { called, repeated, canceled, refused });
  const answer = replyTo(source.kind, taken, request.id);
  await keep(services, request, { status: answer.status, answers: taken.answers });
  return send(reply, answer);
}

async function answerError(
  services: ApiServices,
  thrown: unknown,
  { request, reply }: Exchange,
): Promise<FastifyReply> {
  const source = sources.get(request);
  const error = withOwnLimit(answeredError(thrown));
  const { httpStatus: status, message } = error;
  const isEvent = source?.kind === "pagerduty" || request.routeOptions.url === EVENT_PATH;
  const answer = isEvent && status < 429 ? invalidEvent(message) : undefined;
  // Too many requests are not worth a place among the last ones.
  if (status !== 429)
    await keep(services, request, {
      status: answer?.status ?? status,
      answers: [refusedWhole(error)],
    });
  return answer === undefined ? errorReply(error, request, reply) : send(reply, answer);
}

function withOwnLimit(error: CallLogError): CallLogError {
  return error.code === "PAYLOAD_TOO_LARGE"
    ? new CallLogError(error.code, TOO_LARGE, { cause: error.cause })
    : error;
}

// The alerts are taken; a list that can't be written must not have them sent again.
async function keep(
  { store, now }: ApiServices,
  request: FastifyRequest,
  { status, answers }: { status: number; answers: readonly AlertAnswer[] },
): Promise<void> {
  const source = sources.get(request) ?? owners.get(request);
  if (source === undefined) return;
  const told = answers.filter(({ result }) => result === "refused" || result === "ignored");
  const delivery = {
    at: now(),
    status,
    counts: countsOf(answers),
    requestId: request.id,
    answers: told.slice(0, KEPT_DELIVERIES.answers),
  };
  try {
    await store.alertSources.noteDelivery(source, delivery);
  } catch (error) {
    reportError(request, toCallLogError(error));
  }
}

function send(reply: FastifyReply, { status, headers = {}, body }: AlertReply): FastifyReply {
  return reply.code(status).headers(headers).send(body);
}
