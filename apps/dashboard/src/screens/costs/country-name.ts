const names = new Intl.DisplayNames("en", { type: "region" });

/** The name of a country code, with the code; a text for numbers without a country. */
export function countryName(code: string): string {
  if (code === "") return "unknown from the number";
  return `${names.of(code) ?? code} (${code})`;
}
