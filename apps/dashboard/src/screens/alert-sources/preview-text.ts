import type { Outputs } from "../../api.ts";
import { t, tIn } from "../../language/translate.ts";

/** What would be done with some alerts of a notification. */
export type Preview = Outputs["alertSources"]["dryRun"]["results"][number];

/** Word for each thing that may be done. */
export const ACTION_WORDS = {
  call: tIn("dry run", "Calls"),
  cancel: t("Cancels its call"),
  nothing: t("Nobody is called"),
  refuse: tIn("dry run", "Refused"),
} as const satisfies Record<Preview["action"], string>;

/** What a notification would do, in one sentence. */
export function summaryOf(results: readonly Pick<Preview, "action">[]): string {
  const count = (action: Preview["action"]) =>
    results.filter((result) => result.action === action).length;
  const [calls, refused] = [count("call"), count("refuse")];
  if (results.length === 0) return t("The notification has no alerts: nobody is called.");
  if (refused === 0)
    return t("{calls, plural, =0 {No call is} one {# call is} other {# calls are}} placed.", {
      calls,
    });
  return t(
    "{calls, plural, =0 {No call is} one {# call is} other {# calls are}} placed, {refused, plural, one {# is} other {# are}} refused.",
    { calls, refused },
  );
}

/** What the call would say. */
export function spokenOf({ request }: Pick<Preview, "request">): string {
  const say = request?.say ?? "";
  if (typeof say === "string") return say;
  return say
    .map(partOf)
    .filter((part) => part !== "")
    .join(" ");
}

function partOf(step: object): string {
  const { say, gather } = step as { say?: unknown; gather?: { say?: unknown } };
  const text = say ?? gather?.say;
  return typeof text === "string" ? text : "";
}
