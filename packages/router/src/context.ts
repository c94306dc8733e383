import type { Dispatcher } from "@call-log/dispatcher";
import type { CallLogError } from "@call-log/model";
import type { Authenticated, CallFeed, CallReader, Store } from "@call-log/store";

import type { SignInRules } from "./sign-in-rules.ts";

/** What the procedures stand on; made once per process. */
export interface RouterServices {
  store: Store;
  reader: CallReader;
  feed: CallFeed;
  dispatcher: Dispatcher;
  now: () => Date;
  signIn: SignInRules;
  /** Told of every error that is not the caller's fault. */
  onUnexpectedError: (error: CallLogError, requestId: string) => void;
}

/** What one request brings. */
export interface RouterContext extends RouterServices {
  /** Each `ApiKey` header of the request, as it came in. */
  apiKeys: readonly string[];
  /** Value of the session's cookie, unless another site sent it; counts when there is no `ApiKey` header. */
  sessionToken?: string | undefined;
  /** Whose key it is, where the door has found that out already. */
  identity?: Authenticated | undefined;
  requestId: string;
  /** IP address of the caller, where there is one. */
  address?: string | undefined;
}
