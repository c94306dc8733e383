import { localRegions } from "../../language/local-format.ts";
import { t } from "../../language/translate.ts";

/** The name of a country code, with the code; a text for numbers without a country. */
export function countryName(code: string): string {
  if (code === "") return t("unknown from the number");
  return `${localRegions().of(code) ?? code} (${code})`;
}
