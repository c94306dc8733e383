import { createHash, randomUUID } from "node:crypto";

import { gatherOf } from "@call-log/model";

import type { CallOrder } from "../provider.ts";
import type { LedgerCall } from "./ledger/ledger-line.ts";
import { pressesOf } from "./script/presses.ts";
import { scriptFor } from "./script/scripts.ts";

/** What a call of the simulated carrier depends on, beside its order. */
export interface CallScene {
  /** From 1. */
  tryNumber: number;
  /** What is pressed each time that a question is asked. */
  presses: readonly string[];
  at: Date;
  seed: string;
  /** How much faster than real time the carrier's clock runs. */
  speed: number;
}

/** The call that the simulated carrier makes of an order; all that happens in it follows from this. */
export function plannedCall(order: CallOrder, scene: CallScene): LedgerCall {
  const { attemptId, toNumber, fromNumber, callbackUrls, steps } = order;
  const { ringTimeoutSeconds, timeLimitSeconds } = order;
  return {
    providerCallId: `SIM${randomUUID().replaceAll("-", "")}`,
    attemptId,
    toNumber,
    fromNumber,
    createdAt: scene.at,
    script: scriptFor(toNumber).name,
    tryNumber: scene.tryNumber,
    luck: luckOf(scene.seed, toNumber),
    speed: scene.speed,
    detectsMachine: order.detectMachine,
    gathersDigits: gatherOf(steps) !== undefined,
    presses: pressesOf(steps, scene.presses),
    ringTimeoutSeconds,
    timeLimitSeconds,
    callbackUrls,
  };
}

/** Number from 0 to 1 with two decimals; the same for the same seed and number. */
function luckOf(seed: string, toNumber: string): number {
  const hash = createHash("sha256").update(`${seed}\n${toNumber}`).digest();
  return Math.round((hash.readUInt32BE() / 0xffff_ffff) * 100) / 100;
}
