import type { AppRouter } from "@call-log/router";
import {
  createTRPCClient,
  httpBatchLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCClient,
  TRPCClientError,
} from "@trpc/client";

import { askFirst } from "./reach/ask-first.ts";
import { AnswerLostError, NotSentError } from "./reach/reach-error.ts";
import { shownHeaders } from "./session/shown-project.ts";

const BATCHES = { url: "/trpc", maxURLLength: 4000, headers: shownHeaders };

/** The procedures, called with the session's cookie. */
export const api: TRPCClient<AppRouter> = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: ({ type }) => type === "subscription",
      true: httpSubscriptionLink({ url: "/trpc" }),
      false: splitLink({
        condition: ({ type }) => type === "mutation",
        true: httpBatchLink({ ...BATCHES, fetch: askFirst }),
        false: httpBatchLink({ ...BATCHES, methodOverride: "POST" }),
      }),
    }),
  ],
});

/** What to tell a person of an error: the server's own words, that an action was not done or may be, or that the server does not answer. */
export function errorText(error: unknown): string {
  if (!isWithoutAnswer(error)) return error instanceof Error ? error.message : String(error);
  if (isAnswerLost(error) || isNotSent(error)) return (error as Error).message;
  return "The server does not answer. It is tried again.";
}

/** True for what the server has not said: it was not reached, or its answer could not be read. */
export function isWithoutAnswer(error: unknown): boolean {
  return error instanceof TRPCClientError ? !error.data : error instanceof TypeError;
}

/** True for an action that may or may not be done. */
export function isAnswerLost(error: unknown): boolean {
  return error instanceof TRPCClientError && error.cause instanceof AnswerLostError;
}

function isNotSent(error: unknown): boolean {
  return error instanceof TRPCClientError && error.cause instanceof NotSentError;
}

/** True when the same question will get the same refusal, so that it is not asked again by itself. */
export function isRefused(error: unknown): boolean {
  if (!(error instanceof TRPCClientError)) return false;
  const { httpStatus } = (error.data ?? {}) as { httpStatus?: number };
  return httpStatus !== undefined && httpStatus < 500 && httpStatus !== 429;
}

/** True when the session is over or was none. */
export function isSignedOut(error: unknown): boolean {
  if (!(error instanceof TRPCClientError)) return false;
  return (error.data as { code?: string } | undefined)?.code === "UNAUTHORIZED";
}

/** What an error says of one field, by the place that the server names: "budget.perDayUSD: must be …"; undefined when it is about another. */
export function errorIn(error: unknown, ...places: readonly string[]): string | undefined {
  if (!(error instanceof TRPCClientError)) return undefined;
  const [, place, text] = /^([A-Za-z][\w.]*): (.+)$/s.exec(error.message) ?? [];
  if (place === undefined) return undefined;
  return places.some((one) => place === one || place.startsWith(`${one}.`)) ? text : undefined;
}
