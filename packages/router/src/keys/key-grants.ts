import { CallLogError, isAllowed, type Permission, PERMISSIONS } from "@call-log/model";
import type { Authenticated } from "@call-log/store";

import { isRangeIn } from "./address-in-range.ts";

/** Throws FORBIDDEN when a new key would have a permission that the caller's own key lacks. */
export function requireGrantable(
  given: readonly Permission[],
  { permissions: mine }: Pick<Authenticated, "permissions">,
): void {
  const beyond = given.find((one) =>
    PERMISSIONS[one].some((operation) => !isAllowed(mine, operation)),
  );
  if (beyond === undefined) return;
  throw new CallLogError(
    "FORBIDDEN",
    `permissions: ${beyond} allows more than your own key does: ${mine.join(", ")}`,
  );
}

/** Throws FORBIDDEN when a new key would be valid from addresses where the caller's own key is not. */
export function requireGrantableAddresses(
  given: readonly string[] | undefined,
  { allowedAddresses: mine }: Pick<Authenticated, "allowedAddresses">,
): void {
  if (mine === undefined || given?.every((range) => isRangeIn(mine, range)) === true) return;
  throw new CallLogError(
    "FORBIDDEN",
    "allowedAddresses: must be among those that your own key may be used from",
  );
}
