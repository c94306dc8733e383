import { chosenLanguage, type Language, LANGUAGES } from "./languages.ts";
import { type Catalogue, speak } from "./translate.ts";

/** Where the browser keeps the language that was chosen. */
const KEY = "call-log.language";

/** The catalogues other than English, each in a file that loads when it is spoken. */
const CATALOGUES: Partial<Record<Language, () => Promise<{ default: Catalogue }>>> = {
  de: async () => import("./de.ts"),
};

/** Load the language of this browser and mark the page with it. Texts are made after this. */
export async function loadLanguage(): Promise<void> {
  const language = chosenLanguage(localStorage.getItem(KEY), navigator.languages);
  const catalogue = await CATALOGUES[language]?.().catch(() => undefined);
  // A catalogue that does not load, on a bad line, must not keep anyone from the dashboard: English is in the code.
  if (catalogue === undefined && language in CATALOGUES) return;
  speak(language, catalogue?.default ?? {});
  document.documentElement.lang = language;
  document.documentElement.dir = LANGUAGES[language].direction;
}

/** Keep the language for this browser, and open the page in it. */
export function chooseLanguage(language: Language): void {
  localStorage.setItem(KEY, language);
  location.reload();
}
