import { attemptIdIn } from "../../callback-address.ts";

/** An entry of a call's Events resource: a request of ours or of Twilio's. Neither field has a schema in the API description. */
export interface LoggedRequest {
  request: unknown;
}

/** The attempt that a call was placed for, by the callback address in what Twilio logged of it: our own request, or its callbacks. */
export function labelIn(events: readonly LoggedRequest[]): string | undefined {
  return events
    .flatMap(({ request }) => addressesOf(request))
    .map(attemptIdIn)
    .find((attemptId) => attemptId !== undefined);
}

function addressesOf(request: unknown): string[] {
  const { url, parameters } = (request ?? {}) as { url?: unknown; parameters?: unknown };
  const { status_callback: callback } = (parameters ?? {}) as { status_callback?: unknown };
  return [url, callback].filter((address) => typeof address === "string");
}
