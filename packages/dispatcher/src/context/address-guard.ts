import type { LookupFunction } from "node:net";

/** Decides which addresses requests may go to that people or programs name. */
export interface AddressGuard {
  /** Why no request goes to this IP address, or undefined when one may. */
  refusalOf(address: string): string | undefined;
  /** The same for a URL whose host is an address; undefined for a name, which is only decided when it is resolved. */
  refusalOfUrl(url: string): string | undefined;
  /** Resolves a name to the addresses that are allowed; the connection goes to exactly these. Fails without one. */
  lookup: LookupFunction;
}
