/** Meanings of the most frequent answers of a phone network. Source: RFC 3261, section 21. */
const WORDINGS: Readonly<Record<number, string>> = {
  200: "answered",
  403: "forbidden",
  404: "not found",
  408: "timed out",
  410: "gone",
  480: "not available now",
  484: "number incomplete",
  486: "busy",
  487: "ended before an answer",
  488: "not acceptable",
  500: "network error",
  503: "network unavailable",
  603: "declined",
};

/** A SIP response code with its meaning: "486, busy". */
export function sipWording(code: number): string {
  const wording = WORDINGS[code];
  return wording === undefined ? String(code) : `${code}, ${wording}`;
}
