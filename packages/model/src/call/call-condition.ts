import type { PropertyName } from "./call-log.ts";
import { isFinalStatus } from "./call-status.ts";

/** What a condition reads of a call log. */
export interface ConditionFacts {
  status?: string | undefined;
  attemptCount?: number | undefined;
  attempts?: readonly { answeredAt?: Date | undefined }[] | undefined;
  acknowledgedAt?: Date | undefined;
  pricing?: string | undefined;
}

/** What can be waited for in a call. */
export interface CallConditionEntry {
  description: string;
  /** Properties that it reads, beside `status`. */
  needs: readonly Extract<PropertyName, keyof ConditionFacts>[];
  holds: (call: ConditionFacts) => boolean;
  /** Whether it may still come to hold; for a call that is over, too. */
  mayHold: (call: ConditionFacts) => boolean;
}

/** Conditions of a call that a program can wait for, in the order in which a call goes through them. */
export const CALL_CONDITIONS = {
  dialed: {
    description: "an attempt was handed to a provider",
    needs: ["attemptCount"],
    holds: ({ attemptCount = 0 }) => attemptCount > 0,
    mayHold: isOpen,
  },
  answered: {
    description: "a person or a machine picked up",
    needs: ["attempts"],
    holds: ({ attempts = [] }) => attempts.some(({ answeredAt }) => answeredAt !== undefined),
    mayHold: isOpen,
  },
  acknowledged: {
    description: "the key that acknowledges was pressed",
    needs: ["acknowledgedAt"],
    holds: ({ acknowledgedAt }) => acknowledgedAt !== undefined,
    mayHold: isOpen,
  },
  ended: {
    description: "the status is final",
    needs: [],
    holds: (call) => !isOpen(call),
    mayHold: isOpen,
  },
  priced: {
    description: "the status is final, and so is the cost, or its price is no longer waited for",
    needs: ["pricing"],
    holds: (call) => !isOpen(call) && call.pricing !== "pending",
    mayHold: (call) => isOpen(call) || call.pricing === "pending",
  },
} as const satisfies Record<string, CallConditionEntry>;

/** Name of a condition that a program can wait for. */
export type CallCondition = keyof typeof CALL_CONDITIONS;

/** Names of the conditions. */
export const CALL_CONDITION_NAMES = Object.keys(CALL_CONDITIONS) as [
  CallCondition,
  ...CallCondition[],
];

/** Whether a condition holds (`met`) or cannot any more (`missed`); undefined while it still may. */
export function settledCondition(
  condition: CallCondition,
  call: ConditionFacts,
): "met" | "missed" | undefined {
  const { holds, mayHold }: CallConditionEntry = CALL_CONDITIONS[condition];
  if (holds(call)) return "met";
  return mayHold(call) ? undefined : "missed";
}

// Statuses of imported calls are text that is not in the table, and final.
function isOpen({ status }: ConditionFacts): boolean {
  return status === undefined || !isFinalStatus(status);
}
