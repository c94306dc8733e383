import { setupI18n } from "@lingui/core";

import { type CompiledText, compileText } from "./compile-text.ts";
import { type Language, LANGUAGES } from "./languages.ts";

/** Values of a text's placeholders, by their names. */
export type TextValues = Readonly<Record<string, string | number>>;

/** Translations by the English text; before the text, its context and `|` where it has one. */
export type Catalogue = Readonly<Record<string, string>>;

const i18n = setupI18n();
/** The texts of the active language. */
const compiled = new Map<string, CompiledText>();
i18n.setMessagesCompiler((message) => {
  const areValuesIsolated = LANGUAGES[active].direction === "rtl";
  const known = compiled.get(message) ?? compileText(message, { areValuesIsolated });
  compiled.set(message, known);
  return known;
});

let active: Language = "en";
speak("en", {});

/** Set the language of all texts from now on. Texts that were made before stay as they are. */
export function speak(language: Language, catalogue: Catalogue): void {
  active = language;
  compiled.clear();
  // Not `load`, which would keep the texts of a catalogue before.
  i18n.loadAndActivate({
    locale: language,
    locales: LANGUAGES[language].numbers,
    messages: { ...catalogue },
  });
}

/** The language of the texts and formats. */
export function activeLanguage(): Language {
  return active;
}

/** An English text of the catalogue in the active language. It is ICU MessageFormat: `{count, plural, one {# call} other {# calls}}`. */
export function t(text: string, values?: TextValues): string {
  return translated(text, values);
}

/** Like `t`, for code that gets its text elsewhere; `t` and `Trans` are found by the catalogue, this is not. */
export function translated(text: string, values?: TextValues): string {
  return marked(i18n._(text, values));
}

/** Like `t`, for a text that is translated differently by where it is: `tIn("button", "Open")`. */
export function tIn(context: string, text: string, values?: TextValues): string {
  return marked(i18n._(`${context}|${text}`, values, { message: text }));
}

/** In the pseudo-language a text of the catalogue has brackets around it. */
function marked(text: string): string {
  return "isPseudo" in LANGUAGES[active] ? `⟦${text}⟧` : text;
}
