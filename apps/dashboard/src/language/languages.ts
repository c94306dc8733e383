/** How a language is named, laid out and formatted. Formats are named by the locale that has them. */
interface LanguageEntry {
  /** Its own name, as its speakers look for it. */
  name: string;
  direction: "ltr" | "rtl";
  /** Locale of plurals, numbers and money. */
  numbers: string;
  /** Locale of dates: 24 Nov 2026. */
  dates: string;
  /** Length of the words of an age: `long` where the short ones are nothing without their dots. */
  ages: "short" | "long";
  /** Not offered: it shows developers and tests what a right-to-left layout does, and which texts are not translated. */
  isPseudo?: true;
}

/** The languages of the dashboard, English first. */
export const LANGUAGES = {
  en: {
    name: "English",
    direction: "ltr",
    numbers: "en-US",
    dates: "en-GB",
    ages: "short",
  },
  de: {
    name: "Deutsch",
    direction: "ltr",
    numbers: "de-DE",
    dates: "de-DE",
    ages: "long",
  },
  "ar-XB": {
    name: "[English, right to left]",
    direction: "rtl",
    numbers: "en-US",
    dates: "en-GB",
    ages: "short",
    isPseudo: true,
  },
} as const satisfies Record<string, LanguageEntry>;

/** A language of the dashboard, by its BCP 47 tag. */
export type Language = keyof typeof LANGUAGES;

/** The languages that people can choose. */
export const OFFERED_LANGUAGES = (Object.keys(LANGUAGES) as Language[]).filter(
  (language) => !("isPseudo" in LANGUAGES[language]),
);

/** The language that was chosen, else the first of the browser's that there is, else English. */
export function chosenLanguage(chosen: string | null, ofBrowser: readonly string[]): Language {
  if (isLanguage(chosen)) return chosen;
  const bases = ofBrowser.map((tag) => tag.toLowerCase().split("-")[0]);
  return OFFERED_LANGUAGES.find((language) => language === bases.find(isOffered)) ?? "en";
}

function isLanguage(text: string | null): text is Language {
  return text !== null && Object.hasOwn(LANGUAGES, text);
}

function isOffered(text: string | undefined): boolean {
  return OFFERED_LANGUAGES.some((language) => language === text);
}
