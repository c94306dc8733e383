/** An error as Telnyx answers with it. */
export interface Refusal {
  status: number;
  code: string;
  pointer?: string;
}

/** What the answer to "dial" does: an error, or a cut line, with a call or without. */
export type DialFault =
  | ({ kind: "error"; placesCall?: boolean } & Refusal)
  | { kind: "reset"; placesCall: boolean };

/** How a call ends: Telnyx's `hangup_cause` and the SIP answer. */
export interface Ending {
  cause: string;
  sip: string;
}

/** What a number does. */
export interface Script {
  fault?: DialFault;
  /** How a call ends that is not answered. */
  ends?: Ending;
  answeredBy?: "human" | "machine" | "fax_detected";
  /** Keys that are pressed each time that a question is asked; the last stands for all further times, an empty text for silence. */
  presses?: readonly string[];
  ringSeconds?: number;
}

/** Scripts by the last four digits of the number; the same digits do the same at the product's simulated provider. */
const SCRIPTS: Readonly<Record<string, Script>> = {
  "0100": { presses: ["4"] },
  "0103": { answeredBy: "machine" },
  "0104": { presses: ["#"] },
  "0105": { presses: ["*", "4"] },
  "0106": { presses: ["", "4"] },
  "0110": { ends: { cause: "user_busy", sip: "486" } },
  "0111": { ends: { cause: "timeout", sip: "487" }, ringSeconds: 5 },
  "0112": { ends: { cause: "call_rejected", sip: "603" } },
  "0113": { ends: { cause: "unspecified", sip: "503" } },
  "0120": { fault: { kind: "error", status: 422, code: "10016", pointer: "/to" } },
  "0121": { fault: { kind: "error", status: 403, code: "10010" } },
  "0122": { fault: { kind: "error", status: 403, code: "D17" } },
  "0123": { fault: { kind: "error", status: 422, code: "10015", pointer: "/from" } },
  "0131": { fault: { kind: "error", status: 429, code: "10011" } },
  "0140": { fault: { kind: "error", status: 503, code: "10007" } },
  "0141": { fault: { kind: "error", status: 503, code: "10007", placesCall: true } },
  "0145": { fault: { kind: "reset", placesCall: true } },
  "0146": { fault: { kind: "reset", placesCall: false } },
};

/** The script of a number; one without is answered by a person who presses nothing. */
export function scriptOf(toNumber: string): Script {
  const digits = toNumber.slice(-4);
  return (Object.hasOwn(SCRIPTS, digits) ? SCRIPTS[digits] : undefined) ?? {};
}
