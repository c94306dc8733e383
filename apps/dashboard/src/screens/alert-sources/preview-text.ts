import type { Outputs } from "../../api.ts";

/** What would be done with some alerts of a notification. */
export type Preview = Outputs["alertSources"]["dryRun"]["results"][number];

/** Word for each thing that may be done. */
export const ACTION_WORDS = {
  call: "Calls",
  cancel: "Cancels its call",
  nothing: "Nobody is called",
  refuse: "Refused",
} as const satisfies Record<Preview["action"], string>;

/** What a notification would do, in one sentence. */
export function summaryOf(results: readonly Pick<Preview, "action">[]): string {
  const count = (action: Preview["action"]) =>
    results.filter((result) => result.action === action).length;
  const [calls, refused] = [count("call"), count("refuse")];
  if (results.length === 0) return "The notification has no alerts: nobody is called.";
  const called = `${calls === 0 ? "No call is" : calls === 1 ? "1 call is" : `${calls} calls are`} placed`;
  const left = refused === 0 ? "" : `, ${refused} ${refused === 1 ? "is" : "are"} refused`;
  return `${called}${left}.`;
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
