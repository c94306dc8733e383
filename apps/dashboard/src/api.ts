import type { AppRouter } from "@call-log/router";
import {
  createTRPCClient,
  httpBatchLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCClient,
  TRPCClientError,
} from "@trpc/client";

import { shownHeaders } from "./session/shown-project.ts";

/** The procedures, called with the session's cookie. */
export const api: TRPCClient<AppRouter> = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: ({ type }) => type === "subscription",
      true: httpSubscriptionLink({ url: "/trpc" }),
      false: httpBatchLink({
        url: "/trpc",
        maxURLLength: 4000,
        methodOverride: "POST",
        headers: shownHeaders,
      }),
    }),
  ],
});

/** What to tell a person of an error: the server's own words, or that it does not answer. */
export function errorText(error: unknown): string {
  if (error instanceof TRPCClientError && error.data !== undefined) return error.message;
  if (error instanceof TRPCClientError) return "The server does not answer. It is tried again.";
  return error instanceof Error ? error.message : String(error);
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
