/** Texts on the screen that every language has alike, each with the reason. */
export const NOT_TRANSLATED: Readonly<Record<string, string>> = {
  "call-log": "name of the product",
  MongoDB: "name of a product",
  UTC: "name of a time zone",
  ms: "unit",
  min: "unit",
  "a file of the dashboard did not load": "error that is shown by another text",
  ...named("name of a browser", ["Edge", "Opera", "Firefox", "Chrome", "Safari"]),
  ...named("name of an operating system", ["Android", "Windows", "Mac OS", "Linux"]),
  Redis: "name of a product",
  "npm start": "command",
  "call-log provider pause NAME --reason TEXT": "command",
  ...named("command, whose words are beside it", [
    "call-log doctor",
    "call-log worker resume --all",
    "call-log show ID",
    "call-log resolve ID",
    "call-log provider resume NAME",
    "call-log dead-letter list",
  ]),
  CSV: "name of a format",
  HTTP: "name of a protocol",
  in: "separator, which the field reads",
  on: "part of a time that only English has",
  Python: "name of a programming language",
  ...named("status, as the API names it", ["Queued", "Unknown"]),
  Escape: "name of a key, as the browser gives it",
  "webhook-id": "name of a header",
  "disabled by failures": "state, whose words are in a table",
  "disabled: gone": "state, whose words are in a table",
  ...named("example of what a field holds", [
    "203.0.113.7, 2001:db8::/32",
    "authorization",
    "Bearer {{ secret }}",
    "Busy,No Answer",
    "database",
    "Europe/Berlin",
    "fromNumber",
    "human",
    "night",
    "pending",
    "twilio",
    "voicemail",
  ]),
  ...named("names that the API reads", [
    "resolved, ok, up, closed, recovered",
    "fingerprint, title, severity, startsAt, url, source, labels.<name>, by, digits, acknowledgedAt, callLogId, comment, secret",
  ]),
  English: "a language has its own name in every language",
  Deutsch: "a language has its own name in every language",
  "[English, right to left]": "for developers and tests",
};

function named(reason: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, reason]));
}

/** Sources whose texts are programs, to be copied. */
export const PROGRAMS: readonly string[] = ["screens/place/call-code-text.ts"];
