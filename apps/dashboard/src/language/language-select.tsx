import { NativeSelect } from "@mantine/core";

import { type Language, LANGUAGES, OFFERED_LANGUAGES } from "./languages.ts";
import { chooseLanguage } from "./load-language.ts";
import { activeLanguage, t } from "./translate.ts";

/** The language of the dashboard in this browser; another one opens the page again. */
export function LanguageSelect() {
  const active = activeLanguage();
  const shown = OFFERED_LANGUAGES.includes(active)
    ? OFFERED_LANGUAGES
    : [...OFFERED_LANGUAGES, active];
  return (
    <NativeSelect
      size="xs"
      w="max-content"
      aria-label={t("Language")}
      value={active}
      onChange={({ currentTarget }) => chooseLanguage(currentTarget.value as Language)}
      data={shown.map((language) => ({ value: language, label: LANGUAGES[language].name }))}
    />
  );
}
