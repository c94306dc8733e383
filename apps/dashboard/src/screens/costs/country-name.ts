const names = new Intl.DisplayNames("en", { type: "region" });

/** The name of a country by its two letters, with them; what a number alone does not tell is said so. */
export function countryName(code: string): string {
  if (code === "") return "not told by the number";
  return `${names.of(code) ?? code} (${code})`;
}
