import { randomBytes } from "node:crypto";

/** Hex digits of the id of a span. */
const SPAN_ID = 16;

/** Ids that are taken from the system's generator at once: asking it costs more than a span does. */
const AT_ONCE = 512;

/** Makes random ids of spans, in hex; two of them are the id of a trace. */
export function randomIds(): () => string {
  let digits = "";
  let taken = 0;
  return () => {
    if (taken === digits.length) {
      digits = randomBytes((AT_ONCE * SPAN_ID) / 2).toString("hex");
      taken = 0;
    }
    taken += SPAN_ID;
    return digits.slice(taken - SPAN_ID, taken);
  };
}
