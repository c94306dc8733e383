import {
  CallLogError,
  issueText,
  parseAttemptId,
  providerEvent,
  type ProviderEvent,
  type SpokenStep,
} from "@call-log/model";
import {
  CALLBACK_KINDS,
  isCallbackSecret,
  NothingSentError,
  payloadOf,
  type CallbackKind,
  type CallbackReading,
  type CallbackRequest,
  type Speech,
} from "@call-log/provider";
import type { FastifyPluginAsync, FastifyRequest } from "fastify";

import type { ApiDependencies } from "../api-dependencies.ts";
import { noteForLog } from "../http/access-log.ts";
import { tracedCallbacks } from "./callback-span.ts";

/** Largest body of a callback, in bytes. */
const CALLBACK_BODY_LIMIT = 65_536;

interface CallbackParams {
  provider: string;
  attemptId: string;
  secret: string;
  kind: string;
}

/** Callbacks of providers: verified, put on the queue, answered. */
export function callbackRoutes(dependencies: ApiDependencies): FastifyPluginAsync {
  return async (server) => {
    const inTraceOfCall = tracedCallbacks(dependencies);
    server.removeAllContentTypeParsers();
    server.addContentTypeParser(
      "*",
      { parseAs: "buffer" },
      async (_request: unknown, body: Buffer) => body,
    );
    server.post<{ Params: CallbackParams }>(
      "/:provider/:attemptId/:secret/:kind",
      { bodyLimit: CALLBACK_BODY_LIMIT },
      async (request, reply) => {
        const reading = readCallback(dependencies, request);
        if (reading === undefined)
          throw new CallLogError("FORBIDDEN", "This callback is not genuine.");
        const { provider, attemptId } = request.params;
        noteForLog(request, { provider, attemptId });
        const answer = await inTraceOfCall(request, () =>
          takeCallback(dependencies, request, reading),
        );
        if (answer === undefined) return reply.code(204).send();
        return reply.type(answer.contentType).send(answer.body);
      },
    );
  };
}

async function takeCallback(
  dependencies: ApiDependencies,
  request: FastifyRequest<{ Params: CallbackParams }>,
  reading: CallbackReading,
) {
  await addEvents(dependencies, reading.events);
  // Only a genuine callback costs a database read.
  const speech = await speechFor(reading, dependencies, request.params.attemptId);
  if (reading.command !== undefined) await command(reading.command, speech.steps, request);
  return replyOf(reading, speech, request);
}

// An event that the worker would refuse is refused here: its job could never succeed.
// On 5xx the provider repeats the callback; any other status would lose the event.
async function addEvents({ dispatcher }: ApiDependencies, events: ProviderEvent[]): Promise<void> {
  for (const event of events) {
    const { error } = providerEvent.safeParse(event);
    if (error !== undefined)
      throw new CallLogError("BAD_REQUEST", `This callback can't be recorded: ${issueText(error)}`);
  }
  try {
    await dispatcher.queues.addEvents(events);
  } catch (cause) {
    throw new CallLogError("SERVICE_UNAVAILABLE", "The queue is away. Try again soon.", { cause });
  }
}

// Not 5xx of our own making: the provider repeats the callback, and with it the command.
async function command(
  run: NonNullable<CallbackReading["command"]>,
  steps: readonly SpokenStep[],
  request: Pick<FastifyRequest, "log">,
): Promise<void> {
  try {
    await run(steps);
  } catch (cause) {
    // It would fail each time.
    if (cause instanceof NothingSentError) return reportDefect(request, cause.cause);
    throw new CallLogError("SERVICE_UNAVAILABLE", "The provider is away. Try again soon.", {
      cause,
    });
  }
}

// The event is recorded: a reply that cannot be built must not make the provider repeat the callback, or end the call with its own words.
function replyOf(
  { reply, emptyReply }: CallbackReading,
  speech: Speech,
  request: Pick<FastifyRequest, "log">,
) {
  try {
    return reply?.(speech);
  } catch (error) {
    reportDefect(request, error);
    return emptyReply;
  }
}

function reportDefect(request: Pick<FastifyRequest, "log">, err: unknown): void {
  request.log.error({ err }, "a defect of ours: what follows in a call could not be made");
}

function readCallback(
  dependencies: ApiDependencies,
  request: FastifyRequest<{ Params: CallbackParams }>,
) {
  const { attemptId, secret, kind, provider: name } = request.params;
  const provider = Object.hasOwn(dependencies.providers, name)
    ? dependencies.providers[name]
    : undefined;
  const base = dependencies.callbackBaseOf(name);
  if (provider === undefined || base === undefined || !isCallbackKind(kind)) return undefined;
  const keys = dependencies.secrets.callbacks.accepted(dependencies.now());
  if (!isCallbackSecret(keys, attemptId, secret)) return undefined;
  const callback: CallbackRequest = {
    kind,
    attemptId,
    url: `${base}${request.url}`,
    headers: flatten(request.headers),
    rawBody: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
  };
  return withPayload(provider.readCallback(callback), callback);
}

function withPayload(
  reading: CallbackReading | undefined,
  { rawBody }: CallbackRequest,
): CallbackReading | undefined {
  if (reading === undefined) return undefined;
  const payload = payloadOf(rawBody);
  return { ...reading, events: reading.events.map((event) => ({ ...event, payload })) };
}

async function speechFor(
  { command, reply }: CallbackReading,
  dependencies: ApiDependencies,
  attemptId: string,
): Promise<Speech> {
  if (command === undefined && reply === undefined) return { steps: [] };
  const id = parseAttemptId(attemptId);
  const record = id && (await dependencies.store.calls.find(id.callLogId));
  const { steps = [], language, voice } = record?.plan ?? {};
  return {
    steps,
    ...(language !== undefined && { language }),
    ...(voice !== undefined && { voice }),
  };
}

function isCallbackKind(kind: string): kind is CallbackKind {
  return (CALLBACK_KINDS as readonly string[]).includes(kind);
}

function flatten(headers: FastifyRequest["headers"]): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(",") : value,
    ]),
  );
}
