import { z } from "zod";

const callLabel = z.object({
  attemptId: z.string(),
  to: z.string(),
  from: z.string(),
  /** When the call was asked for, by our clock. */
  createdAt: z.iso.datetime(),
  language: z.string().optional(),
  voice: z.string().optional(),
  /** What is being spoken; absent before the call is answered. */
  speaking: z
    .object({
      step: z.number().int().min(0),
      /** The step itself, the answer to a key, or the answer to one that has the question repeated. */
      part: z.enum(["step", "branch", "repeat"]),
      /** How often a key has had the question repeated. */
      repeats: z.number().int().min(1).optional(),
    })
    .optional(),
  canceled: z.literal(true).optional(),
});

/** Label of a call, kept by Telnyx as `client_state`: every event and look-up returns it. */
export type CallLabel = z.output<typeof callLabel>;

/** The label as `client_state`: base64 of JSON. */
export function toClientState(label: CallLabel): string {
  return Buffer.from(JSON.stringify(label)).toString("base64");
}

/** The label in a `client_state`; undefined for one that we did not write. */
export function fromClientState(clientState: unknown): CallLabel | undefined {
  if (typeof clientState !== "string") return undefined;
  try {
    return callLabel.parse(JSON.parse(Buffer.from(clientState, "base64").toString("utf8")));
  } catch {
    return undefined;
  }
}
