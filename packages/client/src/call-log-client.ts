import type { AppRouter } from "@call-log/router";
import {
  createTRPCClient,
  httpBatchLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCClient,
} from "@trpc/client";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { EventSource, type FetchLike } from "eventsource";

/** Where call-log is, and who asks. */
export interface CallLogClientOptions {
  /** Address of the api, such as `http://127.0.0.1:3000`. */
  url: string;
  /** An API key of the project. */
  apiKey: string;
}

/** The procedures of call-log, fully typed: `client.calls.dispatch.mutate(…)`, `client.callLog.live.subscribe(…)`. */
export type CallLogClient = TRPCClient<AppRouter>;

/** What each procedure takes: `CallLogInputs["calls"]["dispatch"]`. */
export type CallLogInputs = inferRouterInputs<AppRouter>;

/** What each procedure answers: `CallLogOutputs["callLog"]["getList"]`. */
export type CallLogOutputs = inferRouterOutputs<AppRouter>;

/** A client for internal apps. Errors are `TRPCClientError` with `data.code`, a code of the documented error table. */
export function createCallLogClient({ url, apiKey }: CallLogClientOptions): CallLogClient {
  const base = url.replace(/\/+$/, "");
  const headers = { ApiKey: apiKey };
  // The key goes in a header also here, where browsers' own EventSource could only put it into the address.
  const withKey: FetchLike = (address, init) =>
    fetch(address, { ...init, headers: { ...init.headers, ...headers } });
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === "subscription",
        true: httpSubscriptionLink({
          url: `${base}/trpc`,
          EventSource,
          eventSourceOptions: { fetch: withKey },
        }),
        false: httpBatchLink({
          url: `${base}/trpc`,
          headers,
          maxURLLength: 8000,
          methodOverride: "POST",
        }),
      }),
    ],
  });
}
