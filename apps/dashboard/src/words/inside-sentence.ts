import { LANGUAGES } from "../language/languages.ts";
import { activeLanguage } from "../language/translate.ts";

/** A label as it stands inside a sentence: English puts its first letter in lower case, German does not. */
export function insideSentence(label: string): string {
  return isEnglish() ? label.toLowerCase() : label;
}

/** Whether texts are English now, the pseudo-language too: then the server's own texts are shown as they come. */
export function isEnglish(): boolean {
  return LANGUAGES[activeLanguage()].numbers.startsWith("en");
}
