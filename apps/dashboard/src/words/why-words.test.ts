import { CALL_STATUS_NAMES } from "@call-log/model";
import { afterEach, expect, test } from "vitest";

import german from "../language/de.ts";
import { speak } from "../language/translate.ts";
import { whyWords } from "./why-words.ts";

afterEach(() => speak("en", {}));

const NONE = "The provider shows no such call; held until a person decides";

test("every status says why, whether or not the call has a message", () => {
  for (const status of CALL_STATUS_NAMES)
    expect(whyWords({ _id: "a", status }).text, status).not.toBe("");
});

test.each([
  ["", /^The provider's answer was lost/, /^Die Antwort des Anbieters/],
  [NONE, /shows no such call; a person has to decide$/, /eine Person muss entscheiden$/],
  ["More than one call at the provider may be this one; held", /^Several calls/, /^Mehrere/],
])("an unknown call with the message %j", (statusMessage, english, inGerman) => {
  const call = { _id: "a", status: "Unknown", statusMessage };
  expect(whyWords(call).text).toMatch(english);
  speak("de", german);
  expect(whyWords(call)).toEqual({ text: expect.stringMatching(inGerman) });
});

test("what no catalogue has is the server's English, and an import may say nothing", () => {
  speak("de", german);
  const imported = { _id: "a", status: "Erfolg" };
  expect(whyWords({ ...imported, statusMessage: "The moon is full" })).toEqual({
    text: "The moon is full",
    lang: "en",
  });
  expect(whyWords(imported)).toEqual({ text: "" });
});
