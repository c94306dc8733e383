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
  English: "a language has its own name in every language",
  Deutsch: "a language has its own name in every language",
  "[English, right to left]": "for developers and tests",
};

function named(reason: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, reason]));
}
