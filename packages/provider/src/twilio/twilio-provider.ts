import type { ProviderEvent } from "@call-log/model";
import type {
  CallInstance,
  CallListInstanceCreateOptions,
} from "twilio/lib/rest/api/v2010/account/call.js";
import type Twilio from "twilio/lib/rest/Twilio.js";

import { beforeSending, NothingSentError } from "../nothing-sent-error.ts";
import type { ProviderPlace } from "../provider-kind.ts";
import type { CallOrder, CallSnapshot, PlaceResult, Provider, RecordedCall } from "../provider.ts";
import { speechRefusal } from "../speech-refusal.ts";
import { checkNumber } from "./account-number.ts";
import { CALLBACK_RETRIES } from "./callback-retries.ts";
import { readCallback } from "./callback.ts";
import { acceptance, refusal } from "./create-answer.ts";
import { labelIn } from "./lookup/call-label.ts";
import { recordedEvents } from "./lookup/call-record.ts";
import { snapshotOf } from "./lookup/call-snapshot.ts";
import { TWIML_LIMIT } from "./speech/twiml-limit.ts";
import { twimlOf } from "./speech/twiml.ts";
import { checkClients, twilioClients } from "./twilio-clients.ts";
import { TwilioHttp } from "./twilio-http.ts";
import type { TwilioSettings } from "./twilio-settings.ts";

/** Calls per second that an account may begin without asking Twilio for more (https://support.twilio.com/hc/en-us/articles/223180028). */
const CALLS_PER_SECOND = 1;
/** Calls of one page of a list, and most pages that are looked through for one pair of numbers. */
const [PAGE_SIZE, MAX_PAGES] = [100, 20];
/** Requests that are read of one call; the one that created it is among the first. */
const MAX_EVENTS = 50;
/** Requests that are read of one call for its record, those that were repeated among them. */
const MAX_RECORDED = 500;
/** Twilio's dates are in whole seconds. */
const GRANULARITY_MS = 1000;

const FINAL: ReadonlySet<string> = new Set([
  "completed",
  "busy",
  "no-answer",
  "failed",
  "canceled",
]);

/** An account at Twilio. */
export function createTwilioProvider(
  account: { name: string; settings: TwilioSettings } & Pick<ProviderPlace, "now">,
): Provider {
  const { name, settings, now } = account;
  const { AUTH_TOKEN, AUTH_TOKEN_SECONDARY, FROM_NUMBER, API_BASE_URL } = settings;
  const httpClient = new TwilioHttp(API_BASE_URL);
  const clients = twilioClients(settings, httpClient);
  const client = clients.calls;
  const tokens = [AUTH_TOKEN, ...(AUTH_TOKEN_SECONDARY ? [AUTH_TOKEN_SECONDARY] : [])];
  return {
    name,
    ...(FROM_NUMBER !== undefined && { defaultFromNumber: FROM_NUMBER }),
    callsPerSecond: CALLS_PER_SECOND,
    speechLimit: TWIML_LIMIT,
    placeCall: (order) => placeCall({ client, name }, order),
    fetchCall: (providerCallId) => known(() => client.calls(providerCallId).fetch()),
    findCalls: (search) => findCalls(client, search),
    findLabel: async (providerCallId) =>
      labelIn(await client.calls(providerCallId).events.list({ limit: MAX_EVENTS })),
    fetchRecord: (call) => fetchRecord({ client, name }, call),
    endCall: (providerCallId) => endCall(client, providerCallId),
    readCallback: (request) => readCallback({ provider: name, tokens, now }, request),
    check: () => checkClients(clients, name),
    checkNumber: (number) => checkNumber(client, number),
    async close() {
      httpClient.axios.defaults.httpsAgent?.destroy();
    },
  };
}

async function placeCall(
  { client, name }: { client: Twilio; name: string },
  order: CallOrder,
): Promise<PlaceResult> {
  const [options, tooLong] = beforeSending(() => [
    createOptions(order),
    speechRefusal({ name, speechLimit: TWIML_LIMIT }, order),
  ]);
  if (tooLong !== undefined)
    return { kind: "rejected", errorClass: "text", errorMessage: `The text ${tooLong}` };
  try {
    return acceptance(await client.calls.create(options));
  } catch (error) {
    if (error instanceof NothingSentError) throw error;
    return refusal(error);
  }
}

function createOptions(order: CallOrder): CallListInstanceCreateOptions {
  const { toNumber: to, fromNumber: from, callbackUrls, detectMachine, steps } = order;
  const { timeLimitSeconds: timeLimit, ringTimeoutSeconds: timeout } = order;
  const gatherUrl = callbackUrls?.gather;
  return {
    to,
    from,
    twiml: twimlOf(steps, { ...order, ...(gatherUrl !== undefined && { gatherUrl }) }),
    ...(timeLimit !== undefined && { timeLimit }),
    ...(timeout !== undefined && { timeout }),
    ...(detectMachine && { machineDetection: "Enable", asyncAmd: "true" }),
    ...(callbackUrls && {
      statusCallback: callbackUrls.status + CALLBACK_RETRIES,
      statusCallbackEvent: ["initiated", "ringing", "answered", "completed"],
      statusCallbackMethod: "POST",
    }),
    ...(callbackUrls &&
      detectMachine && {
        asyncAmdStatusCallback: callbackUrls.amd + CALLBACK_RETRIES,
        asyncAmdStatusCallbackMethod: "POST",
      }),
  };
}

// Empty until a quarter of an hour after the end; the request that created the call is always in it.
async function fetchRecord(
  { client, name: provider }: { client: Twilio; name: string },
  { providerCallId, attemptId, endedAt }: RecordedCall,
): Promise<ProviderEvent[] | undefined> {
  const entries = await client.calls(providerCallId).events.list({ limit: MAX_RECORDED });
  if (entries.length === 0) return undefined;
  return recordedEvents(entries, { attemptId, endedAt, provider });
}

async function known(ask: () => Promise<CallInstance>): Promise<CallSnapshot | undefined> {
  try {
    return snapshotOf(await ask());
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

// Newest first. Twilio can filter by the day of the start alone, which a queued call does not have yet.
async function findCalls(
  client: Twilio,
  search: Parameters<Provider["findCalls"]>[0],
): Promise<CallSnapshot[]> {
  const { toNumber: to, fromNumber: from, createdSince } = search;
  const isSince = ({ createdAt }: CallSnapshot) =>
    createdAt.getTime() + GRANULARITY_MS > createdSince.getTime();
  const found: CallSnapshot[] = [];
  let page = await client.calls.page({
    to,
    ...(from !== undefined && { from }),
    pageSize: PAGE_SIZE,
  });
  for (let count = 1; ; count += 1) {
    const snapshots = page.instances.map(snapshotOf);
    found.push(...snapshots.filter(isSince));
    const isPast = !snapshots.every(isSince);
    const next = isPast ? undefined : await page.nextPage();
    if (next === undefined) return found;
    if (count === MAX_PAGES)
      throw new Error("too many calls between these numbers to look through");
    page = next as typeof page;
  }
}

// What is ringing is canceled and what is answered is hung up; if it was answered just now, the first does nothing.
async function endCall(client: Twilio, providerCallId: string): Promise<CallSnapshot | undefined> {
  const call = client.calls(providerCallId);
  const before = await known(() => call.fetch());
  if (before === undefined || FINAL.has(before.status)) return before;
  for (const status of before.status === "in-progress"
    ? (["completed"] as const)
    : (["canceled", "completed"] as const)) {
    const after = await known(() => call.update({ status })).catch((error: unknown) => {
      if (statusOf(error) !== 400) throw error;
      return undefined;
    });
    if (after !== undefined && FINAL.has(after.status)) return after;
  }
  return known(() => call.fetch());
}

function statusOf(error: unknown): number | undefined {
  const { status } = (error ?? {}) as { status?: unknown };
  return typeof status === "number" ? status : undefined;
}
