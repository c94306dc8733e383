import type { SpokenStep } from "@call-log/model";

import { accountPrefix } from "../account-name.ts";
import { beforeSending, NothingSentError } from "../nothing-sent-error.ts";
import type { ProviderPlace } from "../provider-kind.ts";
import type {
  CallbackReading,
  CallbackRequest,
  CallOrder,
  CallSnapshot,
  PlaceResult,
  Provider,
} from "../provider.ts";
import { speechRefusal } from "../speech-refusal.ts";
import { checkNumber } from "./account-number.ts";
import { toClientState, fromClientState } from "./call-label.ts";
import { fetchRecord } from "./call-record.ts";
import { snapshotOf, type Look } from "./call-snapshot.ts";
import { isSigned } from "./callback-signature.ts";
import { dialled, unanswered } from "./dial-answer.ts";
import { PAYLOAD_LIMIT } from "./payload-limit.ts";
import { commandAfter, type Cue } from "./speech.ts";
import { cueOf, eventIn, factsOf, type TelnyxEvent } from "./telnyx-event.ts";
import {
  dataOf,
  firstErrorOf,
  succeeded,
  telnyxHttp,
  type TelnyxAnswer,
  type TelnyxHttp,
} from "./telnyx-http.ts";
import type { TelnyxSettings } from "./telnyx-settings.ts";

/** Calls of one page of the list, and most pages that are looked through. */
const [PAGE_SIZE, MAX_PAGES] = [250, 40];
/** What Telnyx takes, in seconds (https://developers.telnyx.com/api-reference/call-commands/dial). */
const RING_TIMEOUT = { min: 5, max: 600 };
const TIME_LIMIT = { min: 30, max: 14_400 };

/** How long after the end of a call its events may still be on their way, in milliseconds. */
const EVENTS_UNDER_WAY_MS = 60_000;

interface Account {
  name: string;
  settings: TelnyxSettings;
  http: TelnyxHttp;
  now: () => Date;
  look: () => Look;
}

/** An account at Telnyx: plain HTTP of its voice API. Speech is commanded step by step, after each event. */
export function createTelnyxProvider({
  name,
  settings,
  now,
  eventsUnderWayMs = EVENTS_UNDER_WAY_MS,
}: {
  name: string;
  settings: TelnyxSettings;
  eventsUnderWayMs?: number;
} & Pick<ProviderPlace, "now">): Provider {
  const http = telnyxHttp(settings.API_BASE_URL, settings.API_KEY);
  const look = () => ({ now: now(), eventsUnderWayMs });
  const account: Account = { name, settings, http, now, look };
  return {
    name,
    ...(settings.FROM_NUMBER !== undefined && { defaultFromNumber: settings.FROM_NUMBER }),
    speechLimit: PAYLOAD_LIMIT,
    placeCall: (order) => placeCall(account, order),
    fetchCall: (providerCallId) => fetchCall(account, providerCallId),
    findCalls: (search) => findCalls(account, search),
    fetchRecord: (call) => fetchRecord(account, call),
    endCall: (providerCallId) => endCall(account, providerCallId),
    readCallback: (request) => readCallback(account, request),
    check: () => check(account),
    checkNumber: (number) => checkNumber(http, number),
    async close() {},
  };
}

async function placeCall(account: Account, order: CallOrder): Promise<PlaceResult> {
  const { callbackUrls } = order;
  if (callbackUrls === undefined)
    return {
      kind: "rejected",
      errorClass: "account",
      errorMessage: "Telnyx speaks only when its events reach us; set PUBLIC_URL",
    };
  const [body, tooLong] = beforeSending(() => [
    dialBody(account, order, callbackUrls.status),
    speechRefusal({ name: account.name, speechLimit: PAYLOAD_LIMIT }, order),
  ]);
  if (tooLong !== undefined)
    return { kind: "rejected", errorClass: "text", errorMessage: `The text ${tooLong}` };
  try {
    return dialled(await account.http("/calls", body));
  } catch (error) {
    if (error instanceof NothingSentError) throw error;
    return unanswered(error);
  }
}

function dialBody({ settings, now }: Account, order: CallOrder, webhook_url: string) {
  const { attemptId, toNumber: to, fromNumber: from, language, voice } = order;
  const { ringTimeoutSeconds, timeLimitSeconds, detectMachine } = order;
  const createdAt = now().toISOString();
  return {
    connection_id: settings.CONNECTION_ID,
    to,
    from,
    command_id: attemptId,
    client_state: toClientState({
      attemptId,
      to,
      from,
      createdAt,
      ...(language !== undefined && { language }),
      ...(voice !== undefined && { voice }),
    }),
    webhook_url,
    webhook_url_method: "POST",
    ...(ringTimeoutSeconds !== undefined && {
      timeout_secs: within(RING_TIMEOUT, ringTimeoutSeconds),
    }),
    ...(timeLimitSeconds !== undefined && {
      time_limit_secs: within(TIME_LIMIT, timeLimitSeconds),
    }),
    ...(detectMachine && { answering_machine_detection: "detect" }),
  };
}

async function fetchCall(
  { http, look }: Account,
  providerCallId: string,
): Promise<CallSnapshot | undefined> {
  const answer = await http(pathOf(providerCallId));
  return isGone(answer) ? undefined : snapshotOf(dataOf(succeeded(answer)), look());
}

// Only calls that are alive can be listed; one that has ended is bound by its events, which Telnyx repeats until they are taken.
async function findCalls(
  { http, settings, look }: Account,
  search: Parameters<Provider["findCalls"]>[0],
): Promise<CallSnapshot[]> {
  const { toNumber, fromNumber, createdSince } = search;
  const found: CallSnapshot[] = [];
  const path = `/connections/${settings.CONNECTION_ID}/active_calls?page[limit]=${PAGE_SIZE}`;
  let after: string | undefined = "";
  for (let page = 0; after !== undefined; page += 1) {
    if (page === MAX_PAGES) throw new Error("too many active calls to look through");
    const answer = succeeded(await http(after === "" ? path : `${path}&page[after]=${after}`));
    const calls = dataOf(answer);
    if (!Array.isArray(calls)) throw new Error("Telnyx's list of calls is not readable");
    found.push(...calls.flatMap((call) => snapshotOf(call, look()) ?? []));
    after = nextPage(answer.body);
  }
  return found.filter(
    (call) =>
      call.toNumber === toNumber &&
      (fromNumber === undefined || call.fromNumber === fromNumber) &&
      call.createdAt >= createdSince,
  );
}

async function endCall(
  account: Account,
  providerCallId: string,
): Promise<CallSnapshot | undefined> {
  const { http } = account;
  const answer = await http(pathOf(providerCallId));
  if (isGone(answer)) return undefined;
  const { client_state, is_alive } = dataOf(succeeded(answer)) as Record<string, unknown>;
  const label = fromClientState(client_state);
  if (label === undefined || is_alive === false) return fetchCall(account, providerCallId);
  const isAnswered = label.speaking !== undefined;
  const ended = await http(`${pathOf(providerCallId)}/actions/hangup`, {
    command_id: `${label.attemptId}-end`,
    client_state: toClientState(isAnswered ? label : { ...label, canceled: true }),
  });
  if (!hasEnded(ended)) succeeded(ended);
  const after = await fetchCall(account, providerCallId);
  // It is over, though its last event is still on its way.
  return after?.status === "in-progress" ? { ...after, status: "completed" } : after;
}

function readCallback(account: Account, request: CallbackRequest): CallbackReading | undefined {
  const { name: provider, settings, now } = account;
  const { headers, rawBody, attemptId } = request;
  const signature = headers["telnyx-signature-ed25519"];
  const signed = { rawBody, signature, timestamp: headers["telnyx-timestamp"] };
  if (!isSigned(signed, settings.PUBLIC_KEY, now())) return undefined;
  const event = eventIn(rawBody, now());
  if (event === undefined) return { events: [] };
  // The signature does not cover the address, so the label must match it.
  if (event.label.attemptId !== attemptId) return undefined;
  const { callControlId: providerCallId, at } = event;
  const facts = factsOf(event);
  const cue = cueOf(event);
  const origin = { attemptId, provider, source: "callback", providerCallId } as const;
  return {
    events: facts ? [{ ...origin, at: at.toISOString(), ...facts }] : [],
    ...(cue && { command: (steps) => command(account, { event, cue }, steps) }),
  };
}

async function command(
  { http }: Account,
  { event, cue }: { event: TelnyxEvent; cue: Cue },
  steps: readonly SpokenStep[],
): Promise<void> {
  const next = beforeSending(() => commandAfter(cue, event.label, steps));
  if (next === undefined) return;
  const answer = await http(`${pathOf(event.callControlId)}/actions/${next.action}`, next.body);
  if (!hasEnded(answer)) succeeded(answer);
}

async function check({ http, settings, name }: Account): ReturnType<Provider["check"]> {
  const answer = await http(`/call_control_applications/${settings.CONNECTION_ID}`);
  const prefix = accountPrefix(name);
  if (answer.status === 401 || answer.status === 403)
    return { ok: false, reason: `Telnyx refuses ${prefix}API_KEY` };
  if (answer.status === 404)
    return { ok: false, reason: `Telnyx knows no application of ${prefix}CONNECTION_ID` };
  succeeded(answer);
  return { ok: true };
}

const pathOf = (callControlId: string) => `/calls/${encodeURIComponent(callControlId)}`;

const isGone = ({ status }: TelnyxAnswer) => status === 404;

/** Telnyx's code for a command to a call that is over. */
const CALL_HAS_ENDED = "90018";

const hasEnded = (answer: TelnyxAnswer) =>
  isGone(answer) || String(firstErrorOf(answer).code) === CALL_HAS_ENDED;

function nextPage(body: unknown): string | undefined {
  const { meta } = body as { meta?: { cursors?: { after?: unknown }; next?: unknown } };
  const after = meta?.cursors?.after;
  return typeof meta?.next === "string" && typeof after === "string" ? after : undefined;
}

function within({ min, max }: { min: number; max: number }, seconds: number): number {
  return Math.min(max, Math.max(min, seconds));
}
