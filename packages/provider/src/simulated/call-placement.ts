import { beforeSending } from "../nothing-sent-error.ts";
import type { CallOrder, PlaceResult } from "../provider.ts";
import type { Carrier } from "./carrier.ts";
import type { LedgerCall } from "./ledger/ledger-line.ts";
import { plannedCall } from "./planned-call.ts";
import type { ScriptedTry } from "./script/script.ts";
import { scriptedTry, scriptFor, SUSPENDED } from "./script/scripts.ts";

/** Does with an order what the script of its number says. What was placed is in the ledger, on disk, before the answer. */
export async function placeCall(carrier: Carrier, order: CallOrder): Promise<PlaceResult> {
  const { ledger, timers, speed } = carrier;
  const { call, afterSeconds, ...scripted } = beforeSending(() => prepared(carrier, order));
  const patience = () => timers.wait((afterSeconds * 1000) / speed);
  if (!scripted.course) {
    await noteRefusal(carrier, order);
    await patience();
    return atSpeed(scripted.answer, speed);
  }
  await ledger.append({ type: "call", call });
  carrier.sender.follow(call, call.createdAt);
  await patience();
  if (scripted.answer.kind === "unknown") return scripted.answer;
  return { kind: "accepted", providerCallId: call.providerCallId, status: "queued" };
}

function prepared(carrier: Carrier, order: CallOrder): ScriptedTry & { call: LedgerCall } {
  const tryNumber = carrier.ledger.triesSoFar(order.attemptId, order.toNumber) + 1;
  const scripted = carrier.isSuspended()
    ? SUSPENDED
    : scriptedTry(scriptFor(order.toNumber), tryNumber);
  const { seed, speed } = carrier;
  const scene = { tryNumber, presses: scripted.course?.presses ?? [], seed, speed };
  return { ...scripted, call: plannedCall(order, { ...scene, at: carrier.now() }) };
}

async function noteRefusal(carrier: Carrier, order: CallOrder): Promise<void> {
  const { attemptId, toNumber, fromNumber } = order;
  const script = scriptFor(toNumber).name;
  const refusal = { attemptId, toNumber, fromNumber, script, at: carrier.now() };
  await carrier.ledger.append({ type: "refusal", refusal });
}

/** "Retry after" counts real seconds. */
function atSpeed(answer: PlaceResult, speed: number): PlaceResult {
  if (answer.kind !== "rejected" || answer.retryAfterSeconds === undefined) return answer;
  return { ...answer, retryAfterSeconds: answer.retryAfterSeconds / speed };
}
