import type { RecordedErrorClass } from "@call-log/model";

import type { AttemptView } from "../../call/call-view.ts";

/** What somebody can do about each class of refusal. */
const ADVICE: Readonly<Record<RecordedErrorClass, string>> = {
  destination: "Check the number: this provider can't reach it.",
  permission: "Allow calls to this country or number at the provider, then call again.",
  fromNumber:
    "Check that the account at the provider may call from this number; calls from it wait, or use another number of the project.",
  account:
    "Check the account, its token and its balance at the provider; calls wait, and use another provider of the project.",
  configuration: "Check the account, its token and the from-number at the provider.",
  text: "Send a shorter text; the message has how much this provider takes.",
  defect: "This is a defect of call-log; its log has the error under the attempt's id.",
  throttled: "Nothing was dialled. Lower the calls per second, or ask the provider for more.",
};

/** What to do about an attempt that was refused, with the provider's own page on its error; undefined when there is nothing to do. */
export function adviceOf(
  attempt: Pick<AttemptView, "errorClass" | "errorCode" | "provider">,
): { text: string; url?: string } | undefined {
  const { errorClass, errorCode, provider = "" } = attempt;
  if (errorClass === undefined) return undefined;
  const isTwilios = provider.startsWith("twilio") && /^\d{5}$/.test(errorCode ?? "");
  return {
    text: ADVICE[errorClass],
    ...(isTwilios && { url: `https://www.twilio.com/docs/api/errors/${errorCode}` }),
  };
}
