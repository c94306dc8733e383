import type { ProviderEvent } from "@call-log/model";

import { attemptIdIn, callbackKindIn } from "../../callback-address.ts";
import type { RecordedCall } from "../../provider.ts";
import { eventOf, type Form } from "../callback.ts";

/** An entry of a call's Events: a request of Twilio to us, and our answer. Neither has a schema in the API description. */
interface LoggedExchange {
  request: unknown;
  response?: unknown;
}

/**
 * What Twilio reported of a call, or should have, by its Events: parameters have their names in snake_case, and the only time that every request
 * has is that of its answer (https://www.twilio.com/docs/voice/api/call-event-resource). Where that is missing, too, it was before what came next.
 */
export function recordedEvents(
  entries: readonly LoggedExchange[],
  {
    attemptId,
    endedAt,
    provider,
  }: Pick<RecordedCall, "attemptId" | "endedAt"> & { provider: string },
): ProviderEvent[] {
  const events: ProviderEvent[] = [];
  let next = endedAt;
  for (const { request, response } of entries.toReversed()) {
    const { url, parameters } = (request ?? {}) as { url?: unknown; parameters?: unknown };
    const kind = typeof url === "string" ? callbackKindIn(url) : undefined;
    if (typeof url !== "string" || kind === undefined || attemptIdIn(url) !== attemptId) continue;
    const at = earlier(dateOf(response), next);
    const told = eventOf({ kind, form: formOf(parameters), url }, { attemptId, provider, at });
    if (told === undefined) continue;
    events.unshift({ ...told, source: "record" });
    next = earlier(new Date(told.at), endedAt);
  }
  return events;
}

function formOf(parameters: unknown): Form {
  const entries = Object.entries((parameters ?? {}) as Record<string, unknown>);
  return Object.fromEntries(
    entries.flatMap(([name, value]) =>
      typeof value === "string" || typeof value === "number"
        ? [[twilioName(name), String(value)]]
        : [],
    ),
  );
}

// sip_response_code is SipResponseCode in the request itself.
function twilioName(snakeCase: string): string {
  return snakeCase.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function dateOf(response: unknown): Date | undefined {
  const { date_created: created } = (response ?? {}) as { date_created?: unknown };
  const date = new Date(typeof created === "string" ? created : Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function earlier(date: Date | undefined, latest: Date): Date {
  return date !== undefined && date < latest ? date : latest;
}
