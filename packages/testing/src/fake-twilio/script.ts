import { TWILIO_ERRORS, type TwilioError } from "./twilio-error.ts";

/** Ends of a call that nobody answers, and the SIP answer that they come with. */
export type Ending = { status: "busy" | "no-answer" | "failed"; sipResponseCode: number };

/** What the answer to "create call" does: an error, no answer at all (the line is cut), or one that takes its time. */
export type CreateFault =
  | { kind: "error"; error: TwilioError; retryAfterSeconds?: number; placesCall?: boolean }
  | { kind: "reset"; placesCall: boolean }
  | { kind: "silence"; placesCall: boolean }
  | { kind: "slow"; seconds: number };

/** What a number does. Times in the fake's seconds. */
export interface Script {
  /** Instead of a plain 201; on the first try of a number and label only, where `faultOnce` is set. */
  fault?: CreateFault;
  faultOnce?: boolean;
  /** How a call ends that is not answered; on the first try only, where `endsOnce` is set. */
  ends?: Ending;
  endsOnce?: boolean;
  answeredBy?: "human" | "machine_start" | "fax" | "unknown";
  /** Keys that are pressed each time that a question is asked; the last stands for all further times, an empty text for silence. */
  presses?: readonly string[];
  ringSeconds?: number;
  /** Callbacks: doubled, each second one late, or none. */
  callbacks?: "doubled" | "swapped" | "never";
  /** Seconds from the end until the price is known; `Infinity` for never. */
  priceAfterSeconds?: number;
}

/** Scripts by the last four digits of the number; the same digits do the same at the product's simulated provider. */
export const SCRIPTS: Readonly<Record<string, Script>> = {
  "0100": { presses: ["4"] },
  "0101": {},
  "0102": { presses: ["9"] },
  "0103": { answeredBy: "machine_start" },
  "0104": { presses: ["#"] },
  "0105": { presses: ["*", "4"] },
  "0106": { presses: ["", "4"] },
  "0110": { ends: { status: "busy", sipResponseCode: 486 } },
  "0111": { ends: { status: "no-answer", sipResponseCode: 487 }, ringSeconds: 20 },
  "0112": { ends: { status: "no-answer", sipResponseCode: 603 } },
  "0113": { ends: { status: "failed", sipResponseCode: 503 } },
  "0114": { ends: { status: "failed", sipResponseCode: 404 } },
  "0115": { ends: { status: "busy", sipResponseCode: 486 }, endsOnce: true },
  "0120": { fault: { kind: "error", error: TWILIO_ERRORS.invalidTo } },
  "0121": { fault: { kind: "error", error: TWILIO_ERRORS.geoPermission } },
  "0122": { fault: { kind: "error", error: TWILIO_ERRORS.notActive } },
  "0123": { fault: { kind: "error", error: TWILIO_ERRORS.invalidFrom } },
  "0130": {
    fault: { kind: "error", error: TWILIO_ERRORS.tooManyRequests, retryAfterSeconds: 1 },
    faultOnce: true,
  },
  "0131": { fault: { kind: "error", error: TWILIO_ERRORS.tooManyRequests, retryAfterSeconds: 1 } },
  "0140": { fault: { kind: "error", error: TWILIO_ERRORS.unavailable } },
  "0141": { fault: { kind: "error", error: TWILIO_ERRORS.unavailable, placesCall: true } },
  "0142": { fault: { kind: "silence", placesCall: false } },
  "0143": { fault: { kind: "silence", placesCall: true } },
  "0144": { fault: { kind: "slow", seconds: 5 }, ringSeconds: 25 },
  "0145": { fault: { kind: "reset", placesCall: true } },
  "0146": { fault: { kind: "reset", placesCall: false } },
  "0150": { presses: ["4"], callbacks: "doubled" },
  "0151": { presses: ["4"], callbacks: "swapped" },
  "0152": { presses: ["4"], callbacks: "never" },
  "0160": { priceAfterSeconds: 900 },
  "0161": { priceAfterSeconds: Infinity },
};

/** The script of a number; one without is answered by a person who presses nothing. */
export function scriptOf(toNumber: string): Script {
  const digits = toNumber.slice(-4);
  return (Object.hasOwn(SCRIPTS, digits) ? SCRIPTS[digits] : undefined) ?? {};
}
