import type { ClaimedDelivery } from "@call-log/store";

import { errorFields } from "../context/log.ts";
import type { LaneBounds } from "./lane-bounds.ts";
import { sendDelivery, type SendDeps } from "./send-delivery.ts";

/** Send a claimed delivery, and those of its order that follow it, one after another, until one fails or `isClosing`. */
export async function sendOrder(
  deps: SendDeps,
  first: ClaimedDelivery,
  { bounds, isClosing }: { bounds: LaneBounds; isClosing: () => boolean },
): Promise<void> {
  let next: ClaimedDelivery | undefined = first;
  while (next !== undefined) {
    const delivery: ClaimedDelivery = next;
    try {
      const sent = await sendDelivery(deps, delivery, { goesOn: !isClosing() });
      bounds.note(delivery.lane, sent.arrived);
      ({ next } = sent);
    } catch (error) {
      // The lease ends, and it is sent again.
      const fields = { deliveryId: delivery._id, ...errorFields(error) };
      deps.log.warn(fields, "a delivery could not be noted; it is sent again");
      return;
    }
  }
}
