import type { DeliveryState } from "@call-log/model";

import { tIn } from "../language/translate.ts";

/** State of a delivery. */
const STATES: Readonly<Record<DeliveryState, () => string>> = {
  pending: () => tIn("delivery", "pending"),
  delivered: () => tIn("delivery", "delivered"),
  failed: () => tIn("delivery", "failed"),
};

/** State of a delivery in the active language. */
export function deliveryState(state: DeliveryState): string {
  return STATES[state]();
}
