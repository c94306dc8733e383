import type { ProviderEvent } from "@call-log/model";

import type { CallOrder, PlaceResult } from "../provider.ts";
import { noticesOf } from "./callbacks/callback-plan.ts";
import { eventOf } from "./callbacks/callback-reading.ts";
import { plannedCall } from "./planned-call.ts";
import { type Answer, answersOf } from "./script/presses.ts";
import type { Script } from "./script/script.ts";
import { ORDINARY, SCRIPTED_BLOCK, scriptedTry, SCRIPTS } from "./script/scripts.ts";

/** Names of what a callee can do at the simulated carrier. */
export const SCRIPT_NAMES: readonly string[] = [
  ORDINARY.name,
  ...Object.values(SCRIPTS).map(({ name }) => name),
];

/** One try to call, as the simulated carrier would make it. */
export interface RehearsedTry {
  result: PlaceResult;
  /** When the answer to "create call" comes. */
  answeredAt: Date;
  /** All that is reported of the call, in the order of time; empty where none is placed. */
  events: ProviderEvent[];
  /** What the callee does each time that a question is asked, if the call lasts so long. */
  answers: Answer[];
}

const SEED = "rehearsal";

/** What the simulated carrier would do with an order if the callee did what a script says; nothing is kept and nobody is called. */
export function rehearsedTry(
  order: CallOrder,
  { script, tryNumber, at }: { script: string; tryNumber: number; at: Date },
): RehearsedTry {
  const { number, found } = scriptNamed(script);
  const scripted = scriptedTry(found, tryNumber);
  const answeredAt = new Date(at.getTime() + scripted.afterSeconds * 1000);
  const { answer, course } = scripted;
  if (course === undefined) return { result: answer, answeredAt, events: [], answers: [] };
  const { callbackUrls: _none, ...rest } = order;
  const scene = { tryNumber, presses: course.presses, at, seed: SEED, speed: 1 };
  const call = plannedCall({ ...rest, toNumber: number }, scene);
  const { providerCallId, attemptId } = call;
  return {
    result:
      answer.kind === "unknown" ? answer : { kind: "accepted", providerCallId, status: "queued" },
    answeredAt,
    events: noticesOf(call).map(({ kind, fields }) =>
      eventOf(
        { kind, form: { CallSid: providerCallId, ...fields } },
        { attemptId, source: "callback" },
      ),
    ),
    answers: answersOf(order.steps, course.presses),
  };
}

function scriptNamed(name: string): { number: string; found: Script } {
  const scripted = Object.entries(SCRIPTS).find(([, script]) => script.name === name);
  if (scripted === undefined) return { number: `${SCRIPTED_BLOCK}9999`, found: ORDINARY };
  return { number: `${SCRIPTED_BLOCK}${scripted[0]}`, found: scripted[1] };
}
