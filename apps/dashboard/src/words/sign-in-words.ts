import type { SignInProblem } from "@call-log/model";

import { t } from "../language/translate.ts";

/** Why a sign-in has failed. */
const PROBLEMS: Readonly<Record<SignInProblem, () => string>> = {
  denied: () => t("The sign-in was canceled, or your organization did not allow it."),
  expired: () => t("The sign-in took too long, or began in another browser. Please try again."),
  unavailable: () =>
    t("Your organization's sign-in does not answer. Please try again in a minute."),
  failed: () => t("The sign-in has failed. If it fails again, ask the person who runs call-log."),
};

/** Why a sign-in has failed, in the active language. */
export function signInProblem(problem: SignInProblem): string {
  return PROBLEMS[problem]();
}
