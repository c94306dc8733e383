/** Why a sign-in at the identity provider failed, in words for the person who tried. */
export const SIGN_IN_PROBLEMS = {
  denied: "The sign-in was canceled, or your organization did not allow it.",
  expired: "The sign-in took too long, or began in another browser. Please try again.",
  unavailable: "Your organization's sign-in does not answer. Please try again in a minute.",
  failed: "The sign-in has failed. If it fails again, ask the person who runs call-log.",
} as const satisfies Record<string, string>;

/** Why a sign-in has failed. */
export type SignInProblem = keyof typeof SIGN_IN_PROBLEMS;
