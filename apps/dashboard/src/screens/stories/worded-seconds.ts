import { gap } from "../../format/time.ts";

/** A length of time in words that stay short: `12 s`, `3 min 5 s`. */
export function wordedSeconds(seconds: number): string {
  return gap(new Date(0).toISOString(), new Date(seconds * 1000).toISOString());
}
