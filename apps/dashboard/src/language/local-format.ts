import { type Language, LANGUAGES } from "./languages.ts";
import { activeLanguage } from "./translate.ts";

/** A function of the active language, made once for each language. */
function perLanguage<T>(make: (language: Language) => T): () => T {
  const made = new Map<Language, T>();
  return () => {
    const language = activeLanguage();
    const known = made.get(language) ?? make(language);
    made.set(language, known);
    return known;
  };
}

/** Writes dates as the active language does. */
export function localDates(options: Intl.DateTimeFormatOptions): (date: Date | number) => string {
  const format = perLanguage(
    (language) => new Intl.DateTimeFormat(LANGUAGES[language].dates, options),
  );
  return (date) => format().format(date);
}

/** Writes dates as the active language does, by the clock of a zone (IANA name). */
export function zonedDates(
  options: Intl.DateTimeFormatOptions,
): (date: Date, timeZone: string) => string {
  const formats = perLanguage(() => new Map<string, Intl.DateTimeFormat>());
  return (date, timeZone) => {
    const locale = LANGUAGES[activeLanguage()].dates;
    const known =
      formats().get(timeZone) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone });
    formats().set(timeZone, known);
    return known.format(date);
  };
}

/** Writes numbers as the active language does. */
export function localNumbers(options: Intl.NumberFormatOptions = {}): (value: number) => string {
  const format = perLanguage(
    (language) => new Intl.NumberFormat(LANGUAGES[language].numbers, options),
  );
  return (value) => format().format(value);
}

const dollars = localNumbers({
  style: "currency",
  currency: "USD",
  minimumFractionDigits: 2,
  maximumFractionDigits: 6,
});

/** US dollars with all their decimals, from a number or a decimal text: $0.0049. */
export function dollarText(amount: number | string): string {
  return dollars(Number(amount));
}

/** Figures, signs and units that keep their order in a line from right to left: "3 min 5 s". */
export function leftToRight(text: string): string {
  const isAside = LANGUAGES[activeLanguage()].direction === "rtl";
  return isAside ? `\u{2066}${text}\u{2069}` : text;
}

/** Writes ages as the active language does: "3 min. ago". */
export const localAge = perLanguage((language) => {
  const { numbers, ages } = LANGUAGES[language];
  return new Intl.RelativeTimeFormat(numbers, { numeric: "always", style: ages });
});

const alternatives = perLanguage(
  (language) => new Intl.ListFormat(LANGUAGES[language].numbers, { type: "disjunction" }),
);

/** Alternatives as the active language lists them: "Owner or Admin". */
export function anyOf(names: readonly string[]): string {
  return alternatives().format(names);
}

/** Names regions in the active language, by their ISO 3166 code. */
export const localRegions = perLanguage(
  (language) => new Intl.DisplayNames(LANGUAGES[language].numbers, { type: "region" }),
);

/** A number with one digit after the point: 12.3. */
export const tenthText = localNumbers({ minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** A number, as text, in percent: 12.3 %. */
export function inPercent(number: string): string {
  return leftToRight(`${number} %`);
}

/** A whole number with the separators of the active language: 12,345. */
export const numberText = localNumbers();
