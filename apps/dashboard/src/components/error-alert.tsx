import { Alert } from "@mantine/core";

import { errorLanguage, errorText } from "../connection/error-text.ts";
import { t } from "../language/translate.ts";

/** Alert with the text of an error; empty without one. */
export function ErrorAlert({ error }: { error: unknown }) {
  if (!error) return null;
  return (
    <Alert color="bad" variant="light" role="alert" title={t("This did not work")}>
      <span lang={errorLanguage(error)}>{errorText(error)}</span>
    </Alert>
  );
}
