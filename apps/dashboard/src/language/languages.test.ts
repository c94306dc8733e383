import { expect, test } from "vitest";

import { chosenLanguage } from "./languages.ts";

test.each([
  ["de", ["en-GB"], "de"],
  [null, ["de-AT", "en"], "de"],
  [null, ["fr-FR", "de-CH", "en"], "de"],
  [null, ["en-US", "de"], "en"],
  [null, ["fr"], "en"],
  [null, [], "en"],
  ["toString", ["de"], "de"],
  ["ar-XB", ["en"], "ar-XB"],
  [null, ["ar-XB"], "en"],
])("%s with a browser of %j is %s", (chosen, ofBrowser, language) => {
  expect(chosenLanguage(chosen, ofBrowser)).toBe(language);
});
