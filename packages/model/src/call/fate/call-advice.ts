import type { CallFate } from "./call-fate.ts";
import { type CarrierPages, carrierPagesOf } from "./carrier-pages.ts";
import type { FatePlace } from "./fate.ts";

/** What a person can do about a call. */
export interface CallAdvice {
  text: string;
  /** Where in call-log, or `carrier` for the console. */
  place?: FatePlace;
  /** Page of the carrier where it is done. */
  url?: string;
  /** The carrier's page about the error. */
  errorUrl?: string;
}

/** What a person can do about a call: what its carrier's error asks for, else what its end does; undefined when nothing is to be done. */
export function adviceOf({ entry, attempt }: CallFate): CallAdvice | undefined {
  if (entry.todo === undefined) return undefined;
  const pages = carrierPagesOf(attempt?.provider);
  const code = attempt?.errorCode ?? "";
  const own = pages !== undefined && Object.hasOwn(pages.advice, code) && pages.advice[code];
  const url = (own ? own.url : undefined) ?? consoleOf(pages, attempt?.providerCallId);
  const errorUrl = pages?.error?.(code);
  const isAtCarrier = own !== undefined && own !== false && own.url !== undefined;
  const place = isAtCarrier ? "carrier" : entry.place;
  const leads = place === "carrier" || place === "resolve";
  return {
    text: own ? own.text : entry.todo,
    ...(place !== undefined && { place }),
    ...(leads && url !== undefined && { url }),
    ...(errorUrl !== undefined && { errorUrl }),
  };
}

/** Page of a call in its carrier's console; of all calls where there is none of its own. */
export function consoleOf(
  pages: CarrierPages | undefined,
  providerCallId: string | undefined,
): string | undefined {
  if (pages === undefined) return undefined;
  return (providerCallId && pages.call?.(providerCallId)) || pages.calls;
}
