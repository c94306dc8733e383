/** Texts on the screen that every language has alike, each with the reason. */
export const NOT_TRANSLATED: Readonly<Record<string, string>> = {
  "call-log": "name of the product",
  English: "a language has its own name in every language",
  Deutsch: "a language has its own name in every language",
  "[English, right to left]": "for developers and tests",
};
