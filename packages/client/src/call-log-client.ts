import type { AppRouter } from "@call-log/router";
import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCClient,
} from "@trpc/client";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { EventSource, type FetchLike } from "eventsource";

import { type FollowedCall, waitForEnd, type WaitOptions } from "./wait-for-end.ts";

/** Where call-log is, and who asks. */
export interface CallLogClientOptions {
  /** Address of the api, such as `http://127.0.0.1:3000`. */
  url: string;
  /** An API key of the project. */
  apiKey: string;
}

/** The procedures of call-log, fully typed: `client.calls.dispatch.mutate(…)`, `client.callLog.live.subscribe(…)`. */
export type CallLogClient = TRPCClient<AppRouter> & {
  calls: {
    /** The same as `waitForEnd(client, callLogId, options)`. */
    waitForEnd(callLogId: string, options?: WaitOptions): Promise<FollowedCall>;
  };
};

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
  const client = createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === "subscription",
        true: httpSubscriptionLink({
          url: `${base}/trpc`,
          EventSource,
          eventSourceOptions: { fetch: withKey },
        }),
        false: splitLink({
          // A wait would hold up the other requests of its batch.
          condition: ({ path }) => path === "callLog.wait",
          true: httpLink({ url: `${base}/trpc`, headers }),
          false: httpBatchLink({
            url: `${base}/trpc`,
            headers,
            maxURLLength: 8000,
            methodOverride: "POST",
          }),
        }),
      }),
    ],
  });
  return withWaitForEnd(client);
}

// tRPC's client is a proxy, whose properties are made when they are asked for.
function withWaitForEnd(client: TRPCClient<AppRouter>): CallLogClient {
  const waiting = (callLogId: string, options?: WaitOptions) =>
    waitForEnd(client, callLogId, options);
  const calls: unknown = new Proxy(client.calls, {
    get: (target, name) => (name === "waitForEnd" ? waiting : Reflect.get(target, name)),
  });
  return new Proxy(client, {
    get: (target, name) => (name === "calls" ? calls : Reflect.get(target, name)),
  }) as CallLogClient;
}
