import type { MouseEvent } from "react";

import { t } from "../language/translate.ts";

/** Id of the element that holds the screen. */
export const MAIN = "main";

/** The first stop of the keyboard: past the navigation, to the screen. The address stays as it is. */
export function SkipLink() {
  const skip = (event: MouseEvent) => {
    event.preventDefault();
    document.querySelector<HTMLElement>(`#${MAIN}`)?.focus();
  };
  return (
    <a className="skip-link" href={`#${MAIN}`} onClick={skip}>
      {t("Skip to the content")}
    </a>
  );
}
