import type { CallSnapshot } from "../../provider.ts";
import type { Carrier } from "../carrier.ts";
import { callAt, hasEnded } from "./call-state.ts";

/** Cancels a call that is not answered yet, or hangs up; a call that has ended stays as it is. Undefined for an unknown one. */
export async function endCall(
  carrier: Carrier,
  providerCallId: string,
): Promise<CallSnapshot | undefined> {
  const { ledger, sender, now } = carrier;
  const call = ledger.call(providerCallId);
  if (!call) return undefined;
  const at = now();
  if (hasEnded(call, at)) return callAt(call, at);
  await ledger.append({ type: "ending", ending: { providerCallId, at } });
  const ended = ledger.call(providerCallId) ?? call;
  sender.follow(ended, at);
  return callAt(ended, at);
}
