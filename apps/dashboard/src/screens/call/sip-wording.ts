import { tIn } from "../../language/translate.ts";

/** Meanings of the most frequent answers of a phone network. Source: RFC 3261, section 21. */
const WORDINGS: Readonly<Record<number, () => string>> = {
  200: () => tIn("SIP", "answered"),
  403: () => tIn("SIP", "forbidden"),
  404: () => tIn("SIP", "not found"),
  408: () => tIn("SIP", "timed out"),
  410: () => tIn("SIP", "gone"),
  480: () => tIn("SIP", "not available now"),
  484: () => tIn("SIP", "number incomplete"),
  486: () => tIn("SIP", "busy"),
  487: () => tIn("SIP", "ended before an answer"),
  488: () => tIn("SIP", "not acceptable"),
  500: () => tIn("SIP", "network error"),
  503: () => tIn("SIP", "network unavailable"),
  603: () => tIn("SIP", "declined"),
};

/** A SIP response code with its meaning: "486, busy". */
export function sipWording(code: number): string {
  const wording = WORDINGS[code];
  return wording === undefined ? String(code) : `${code}, ${wording()}`;
}
