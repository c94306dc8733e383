import { t } from "../../language/translate.ts";

/** What a person may decide about a call of which nobody knows whether it was placed. */
export type Resolution = "not-placed" | "placed" | "call-again";

/** What each decision says, and what it does. */
export const RESOLUTIONS: Readonly<Record<Resolution, () => { label: string; effect: string }>> = {
  placed: () => ({
    label: t("It was placed"),
    effect: t(
      "You give the id that the provider has for it. This call takes over its state, digits and price. Nothing is dialled.",
    ),
  }),
  "not-placed": () => ({
    label: t("It was never placed"),
    effect: t("The call ends as Failed. Nothing is dialled. You can call again afterwards."),
  }),
  "call-again": () => ({
    label: t("Call again in any case"),
    effect: t("A new attempt is dialled now. If the first one rang, the phone rings twice."),
  }),
};
