import type { AppRouter, CallLogOutputs } from "@call-log/client";
import {
  createTRPCClient,
  httpBatchLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCClient,
} from "@trpc/client";

import { probedFetch } from "./connection/probed-fetch.ts";
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
        true: httpBatchLink({ ...BATCHES, fetch: probedFetch }),
        false: httpBatchLink({ ...BATCHES, methodOverride: "POST" }),
      }),
    }),
  ],
});

/** What each procedure answers: `Outputs["callLog"]["getList"]`. */
export type Outputs = CallLogOutputs;

/** What a subscription sends at a time. */
export type Sent<Stream> = Stream extends AsyncIterable<{ data: infer Data }> ? Data : never;
