import type { ExchangeOptions } from "./exchange.ts";
import { FINAL, type FakeCall } from "./fake-call.ts";

/** When Twilio shows the requests of a call that has ended (https://www.twilio.com/docs/voice/api/call-event-resource). */
const SHOWN_AFTER_SECONDS = 900;

/** The Events resource of a call: the request that created it, a while after its end. */
export function callEvents(call: FakeCall, { accountSid, speed }: ExchangeOptions) {
  const calls = `/2010-04-01/Accounts/${accountSid}/Calls`;
  const uri = `${calls}/${call.sid}/Events.json?PageSize=50&Page=0`;
  const events = isShown(call, speed) ? [creation(call, calls)] : [];
  return {
    events,
    first_page_uri: uri,
    next_page_uri: null,
    previous_page_uri: null,
    uri,
    page: 0,
    page_size: 50,
    start: 0,
    end: 0,
  };
}

function isShown({ status, endedAt }: FakeCall, speed: number): boolean {
  if (!FINAL.has(status) || endedAt === undefined) return false;
  return Date.now() - endedAt.getTime() >= (SHOWN_AFTER_SECONDS / speed) * 1000;
}

function creation({ sid, to, from, targets, createdAt }: FakeCall, calls: string) {
  const { statusUrl } = targets;
  return {
    request: {
      method: "POST",
      url: `https://api.twilio.com${calls}.json`,
      parameters: { to, from, ...(statusUrl && { status_callback: statusUrl }) },
    },
    response: {
      response_code: 201,
      content_type: "application/json",
      response_body: JSON.stringify({ sid }),
      date_created: createdAt.toUTCString(),
    },
  };
}
