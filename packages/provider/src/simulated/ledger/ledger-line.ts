import { z } from "zod";

const time = z.iso.datetime().transform((text) => new Date(text));

const url = z.url({ protocol: /^https?$/ });

/** A call that was placed: somebody's phone was made to ring. */
const ledgerCall = z.object({
  providerCallId: z.string(),
  /** Label that the order carried. */
  attemptId: z.string(),
  toNumber: z.string(),
  fromNumber: z.string(),
  createdAt: time,
  script: z.string(),
  /** Which try of the same call log at this number it is, from 1. */
  tryNumber: z.number().int().min(1),
  /** Number from 0 to 1 that the seed and the callee's number decide. */
  luck: z.number().min(0).max(1),
  /** How much faster than real time the carrier's clock runs for this call. */
  speed: z.number().positive(),
  detectsMachine: z.boolean(),
  gathersDigits: z.boolean(),
  /** What is pressed in it; absent in lines of older releases, which knew of one question. */
  presses: z
    .array(
      z.object({
        afterSeconds: z.number(),
        step: z.number().int(),
        digits: z.string(),
        sequence: z.number().int().optional(),
      }),
    )
    .optional(),
  ringTimeoutSeconds: z.number().optional(),
  timeLimitSeconds: z.number().optional(),
  callbackUrls: z.object({ status: url, gather: url, amd: url }).optional(),
});

/** A request that placed no call: refused, or lost on its way. */
const refusal = z.object({
  attemptId: z.string(),
  toNumber: z.string(),
  fromNumber: z.string(),
  at: time,
  script: z.string(),
});

/** A request to cancel a call or to hang up. */
const ending = z.object({ providerCallId: z.string(), at: time });

const ledgerLine = z.discriminatedUnion("type", [
  z.object({ type: z.literal("call"), call: ledgerCall }),
  z.object({ type: z.literal("refusal"), refusal }),
  z.object({ type: z.literal("ending"), ending }),
]);

/** One line of the ledger. */
export type LedgerLine = z.output<typeof ledgerLine>;

/** A call that was placed, with the time at which it was canceled or hung up on request, if it was. */
export type LedgerCall = z.output<typeof ledgerCall> & { endRequestedAt?: Date };

/** Text of a line, without its line break. */
export function formatLedgerLine(line: LedgerLine): string {
  return JSON.stringify(line);
}

/** A line from its text; undefined for a torn line, whose writer was killed before it was acknowledged. Throws for a line of another format. */
export function parseLedgerLine(text: string): LedgerLine | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  return ledgerLine.parse(json);
}
