import type { CallRequestInput } from "@call-log/model";

/** What the form holds. */
export interface PlaceForm {
  toNumber: string;
  text: string;
  /** Whether the callee has to press 4 to count as reached. */
  asksForDigit: boolean;
  attempts: number;
}

/** The request that a form makes. */
export function orderOf({ toNumber, text, asksForDigit, attempts }: PlaceForm): CallRequestInput {
  const retry = { maxAttempts: attempts };
  if (!asksForDigit) return { toNumber: toNumber.trim(), say: text, retry };
  return {
    toNumber: toNumber.trim(),
    say: [
      { say: text },
      {
        gather: {
          say: "Press 4 to acknowledge.",
          digits: 1,
          on: { "4": { say: "Thank you.", acknowledge: true } },
        },
      },
    ],
    reachedWhen: "acknowledged",
    retry,
  };
}
