import type { CallFate } from "./call-fate.ts";
import { type CarrierPages, carrierPagesOf } from "./carrier-pages.ts";
import type { FatePlace } from "./fate.ts";
import { FATES } from "./fates.ts";
import type { StoryWords } from "./story-words.ts";
import type { TodoName } from "./todo.ts";

/** What a person can do about a call. */
export interface CallAdvice {
  /** In words of English, or of the language that was asked for. */
  text: string;
  todo: TodoName;
  /** Where in call-log, or `carrier` for the console. */
  place?: FatePlace;
  /** Page of the carrier where it is done. */
  url?: string;
  /** The carrier's page about the error. */
  errorUrl?: string;
}

/** What a person can do about a call: what its carrier's error asks for, else what its end does; undefined when nothing is to be done. */
export function adviceOf(
  { name, attempt }: CallFate,
  words: Pick<StoryWords, "todo">,
): CallAdvice | undefined {
  const entry = FATES[name];
  if (entry.todo === undefined) return undefined;
  const pages = carrierPagesOf(attempt?.provider);
  const code = attempt?.errorCode ?? "";
  const own = pages !== undefined && Object.hasOwn(pages.advice, code) && pages.advice[code];
  const url = (own ? own.url : undefined) ?? consoleOf(pages, attempt?.providerCallId);
  const errorUrl = pages?.error?.(code);
  const isAtCarrier = own !== undefined && own !== false && own.url !== undefined;
  const place = isAtCarrier ? "carrier" : entry.place;
  const leads = place === "carrier" || place === "resolve";
  const todo = own ? own.todo : entry.todo;
  return {
    text: words.todo(todo),
    todo,
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
