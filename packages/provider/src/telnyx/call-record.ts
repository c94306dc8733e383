import type { ProviderEvent } from "@call-log/model";

import type { RecordedCall } from "../provider.ts";
import { eventIn, factsOf } from "./telnyx-event.ts";
import { dataOf, type TelnyxHttp } from "./telnyx-http.ts";

/** Events of one page of the list, and most pages that are looked through. */
const [PAGE_SIZE, MAX_PAGES] = [250, 4];
/** How deep `metadata`, whose form Telnyx does not document, is searched for the original event. */
const MAX_DEPTH = 3;

/**
 * What Telnyx reported of a call, by its list of call events, which has those of the last 24 hours and in `metadata` the event as it was sent
 * (https://developers.telnyx.com/api-reference/debugging/list-call-events). Undefined when it has none of this call.
 */
export async function fetchRecord(
  { http, name: provider }: { http: TelnyxHttp; name: string },
  { attemptId, providerCallId, toNumber, createdSince, endedAt }: RecordedCall,
): Promise<ProviderEvent[] | undefined> {
  const search = new URLSearchParams({
    "filter[type]": "webhook",
    "filter[to]": toNumber,
    "filter[occurred_at][gte]": createdSince.toISOString(),
    "page[size]": String(PAGE_SIZE),
  });
  const events: ProviderEvent[] = [];
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    search.set("page[number]", String(page));
    const rows = await rowsOf(http, `/call_events?${search.toString()}`);
    for (const row of rows) {
      const event = eventIn(Buffer.from(JSON.stringify({ data: sentEvent(row) ?? {} })), endedAt);
      const facts = event?.label.attemptId === attemptId ? factsOf(event) : undefined;
      if (event === undefined || facts === undefined) continue;
      const origin = { attemptId, provider, providerCallId, source: "record" } as const;
      events.push({ ...origin, at: event.at.toISOString(), ...facts });
    }
    if (rows.length < PAGE_SIZE) break;
  }
  return events.length === 0 ? undefined : events;
}

async function rowsOf(http: TelnyxHttp, path: string): Promise<unknown[]> {
  const answer = await http(path);
  const rows = dataOf(answer);
  if (answer.status !== 200 || !Array.isArray(rows))
    throw new Error(`Telnyx answered its list of call events with HTTP ${answer.status}`);
  return rows as unknown[];
}

function sentEvent(value: unknown, depth = 0): object | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if ("event_type" in value && "payload" in value) return value;
  if (depth === MAX_DEPTH) return undefined;
  for (const inner of Object.values(value)) {
    const found = sentEvent(inner, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
