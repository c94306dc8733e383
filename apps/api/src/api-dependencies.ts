import type { Provider } from "@call-log/provider";
import type { RouterServices } from "@call-log/router";
import type { Secrets } from "@call-log/runtime";

/** What the server is built from. */
export interface ApiDependencies extends Omit<RouterServices, "onUnexpectedError"> {
  /** Provider accounts by name, for reading their callbacks. */
  providers: Readonly<Record<string, Provider>>;
  /** Base of the addresses that a provider calls back, without a slash at its end; signatures are checked over it, never over a request's own headers. */
  callbackBaseOf: (provider: string) => string | undefined;
  /** The keys that callback addresses are signed with. */
  secrets: Secrets;
  /** Reverse proxies whose `X-Forwarded-*` headers are believed. */
  trustProxy?: string[] | undefined;
  /** Level of the server's own log; ids only, no numbers, texts or keys. */
  logLevel: string;
}
