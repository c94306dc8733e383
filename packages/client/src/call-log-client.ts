import type { AppRouter } from "@call-log/router";
import { createTRPCClient, httpBatchLink, type TRPCClient } from "@trpc/client";

/** Where call-log is, and who asks. */
export interface CallLogClientOptions {
  /** Address of the api, such as `http://127.0.0.1:3000`. */
  url: string;
  /** An API key of the project. */
  apiKey: string;
}

/** The procedures of call-log, fully typed: `client.calls.dispatch.mutate(…)`, `client.callLog.getList.query(…)`. */
export type CallLogClient = TRPCClient<AppRouter>;

/** A client for internal apps. Errors are `TRPCClientError` with `data.code`, a code of the documented error table. */
export function createCallLogClient({ url, apiKey }: CallLogClientOptions): CallLogClient {
  const base = url.replace(/\/+$/, "");
  return createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
        url: `${base}/trpc`,
        headers: { ApiKey: apiKey },
        maxURLLength: 8000,
        methodOverride: "POST",
      }),
    ],
  });
}
