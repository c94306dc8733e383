import { type FetchedCallLog, maskedCallLog, withMaskedNumbers } from "@call-log/model";

const shown = (value: unknown) => value;
const text = (value: unknown) => (typeof value === "string" ? withMaskedNumbers(value) : undefined);

/** What a masked key sees of a change. Everything else is hidden, such as the digits that were pressed. */
const CHANGE: Readonly<Record<string, (value: unknown) => unknown>> = {
  from: shown,
  to: shown,
  attemptNumber: shown,
  outcome: shown,
  provider: shown,
  endedAt: shown,
  durationSeconds: shown,
  answeredBy: shown,
  errorClass: shown,
  errorCode: shown,
  acknowledgedAt: shown,
  lostAnswer: text,
  status: shown,
  statusMessage: text,
  attemptCount: shown,
  callCostInUSDCents: shown,
  pricing: shown,
};

/** The body of an event as a masked key sees it: call log and change masked; nothing but its type and time where there is no call log. */
export function maskedWebhookBody(body: string): string {
  const { type, timestamp, data } = JSON.parse(body) as Record<string, unknown>;
  return JSON.stringify({ type, timestamp, data: maskedData(data ?? {}) });
}

function maskedData(data: object): object {
  const { projectId, callLog, change, problem } = data as Record<string, unknown>;
  if (isObject(callLog))
    return {
      projectId,
      callLog: maskedCallLog(callLog as FetchedCallLog),
      ...(isObject(change) && { change: maskedChange(change) }),
    };
  // As the health shows problems to every key that may read.
  return isObject(problem) ? { projectId, problem } : { masked: true };
}

function maskedChange(change: object): object {
  const entries = Object.entries(change).flatMap(([name, value]) =>
    Object.hasOwn(CHANGE, name) ? [[name, CHANGE[name]!(value)] as const] : [],
  );
  return Object.fromEntries(entries);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
