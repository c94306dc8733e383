import type { Dispatcher } from "@call-log/dispatcher";
import type { CallLogError } from "@call-log/model";
import type { Authenticated, CallFeed, CallReader, Store } from "@call-log/store";

import type { SignInRules } from "./access/sign-in-rules.ts";
import type { StreamSlots } from "./stream-slots.ts";

/** Slows down guessing of keys. */
export interface KeyGuard {
  /** Throws TOO_MANY_REQUESTS when this key may not even be looked up. */
  check(key: string): void;
  /** Whether the key was valid. */
  note(key: string, isValid: boolean): void;
}

/** Services of the procedures; made once per process. */
export interface RouterServices {
  store: Store;
  reader: CallReader;
  feed: CallFeed;
  dispatcher: Dispatcher;
  now: () => Date;
  signIn: SignInRules;
  /** @defaultValue as many live streams as are asked for */
  streams?: StreamSlots | undefined;
  /** Called with every error that is not the caller's fault. */
  onUnexpectedError: (error: CallLogError, requestId: string) => void;
}

/** Services, and what one request brings. */
export interface RouterContext extends RouterServices {
  /** Each `ApiKey` header of the request, as it came in. */
  apiKeys: readonly string[];
  /** Value of the session's cookie, unless another site sent it; counts when there is no `ApiKey` header. */
  sessionToken?: string | undefined;
  /** The project that the page shows which asks by a session, or `installation`; refused when the session is about another one. */
  shownProject?: string | undefined;
  /** Whose key it is, where the transport has authenticated the request already. */
  identity?: Authenticated | undefined;
  /** @defaultValue keys are looked up however many fail */
  keyGuard?: KeyGuard | undefined;
  /** Why the transport refuses the request, for the procedure to say in its own form. */
  refusal?: CallLogError | undefined;
  /** Count a request that asks for many things as so many more. */
  countMore?: ((requests: number) => void) | undefined;
  requestId: string;
  /** IP address of the caller, where there is one. */
  address?: string | undefined;
}
