import type { ExchangeOptions } from "./exchange.ts";
import { FINAL, type FakeCall } from "./fake-call.ts";

/** When Twilio shows the requests of a call that has ended (https://www.twilio.com/docs/voice/api/call-event-resource). */
const SHOWN_AFTER_SECONDS = 900;

/** The Events resource of a call, a while after its end: the request that created it, and those that were made for it. */
export function callEvents(call: FakeCall, options: ExchangeOptions) {
  const { accountSid } = options;
  const calls = `/2010-04-01/Accounts/${accountSid}/Calls`;
  const uri = `${calls}/${call.sid}/Events.json?PageSize=50&Page=0`;
  const events = isShown(call, options) ? [creation(call, calls), ...requestsOf(call)] : [];
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

function isShown({ status, endedAt }: FakeCall, options: ExchangeOptions): boolean {
  const { speed, eventsAfterSeconds = SHOWN_AFTER_SECONDS } = options;
  if (!FINAL.has(status) || endedAt === undefined) return false;
  return Date.now() - endedAt.getTime() >= (eventsAfterSeconds / speed) * 1000;
}

// Names in snake_case, and no word of whether anybody took it: what an answer looks like that never came is not documented.
function requestsOf({ requests }: FakeCall) {
  return requests.map(({ url, form, at }) => ({
    request: { method: "POST", url: url.split("#")[0], parameters: inSnakeCase(form) },
    response: { date_created: at.toUTCString().replace("GMT", "+0000") },
  }));
}

function inSnakeCase(form: Readonly<Record<string, string>>): Record<string, string> {
  const name = (twilioName: string) =>
    twilioName.replaceAll(/(?!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
  return Object.fromEntries(Object.entries(form).map(([key, value]) => [name(key), value]));
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
