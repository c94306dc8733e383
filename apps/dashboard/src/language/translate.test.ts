import { afterEach, expect, test } from "vitest";

import { speak, t, tIn } from "./translate.ts";

afterEach(() => speak("en", {}));

const CALLS = "{count, plural, one {# call} other {# calls}}";

test("English is the text itself", () => {
  expect(t("Pause all calls")).toBe("Pause all calls");
  expect(t(CALLS, { count: 1 })).toBe("1 call");
  expect(t(CALLS, { count: 1234 })).toBe("1,234 calls");
  expect(t("Anna's {number, number} of {all}", { number: 1500, all: 7000 })).toBe(
    "Anna's 1,500 of 7000",
  );
});

test("another language has its own plurals and figures", () => {
  speak("de", { [CALLS]: "{count, plural, one {# Anruf} other {# Anrufe}}" });
  expect(t(CALLS, { count: 1 })).toBe("1 Anruf");
  expect(t(CALLS, { count: 1234 })).toBe("1.234 Anrufe");
});

test("a text can have a translation by its context", () => {
  expect(tIn("button", "Open {n}", { n: 2 })).toBe("Open 2");
  speak("de", { "button|Open": "Öffnen", "state|Open": "offen" });
  expect([tIn("button", "Open"), tIn("state", "Open"), t("Open")]).toEqual([
    "Öffnen",
    "offen",
    "Open",
  ]);
});

test("the pseudo-language marks each text, with the plurals and figures of English", () => {
  speak("ar-XB", {});
  expect(t("Pause all calls")).toBe("⟦Pause all calls⟧");
  expect(t(CALLS, { count: 3 })).toBe("⟦\u20683\u2069 calls⟧");
});

test("values keep their order in a language from right to left, and only there", () => {
  const said = () =>
    t("{reached} of {count, number}: {who}", { reached: 22, count: 34, who: "Anna" });
  expect(said()).toBe("22 of 34: Anna");
  speak("ar-XB", {});
  expect(said()).toBe("⟦\u206822\u2069 of \u206834\u2069: \u2068Anna\u2069⟧");
});
