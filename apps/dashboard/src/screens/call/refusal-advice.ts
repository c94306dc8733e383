import type { RecordedRefusalClass } from "@call-log/model";

import type { AttemptView } from "../../call/call-view.ts";

/** What a person can do about each class of refusal. */
const ADVICE: Readonly<Record<RecordedRefusalClass, string>> = {
  destination: "Check the number: this provider can't reach it.",
  permission: "Allow calls to this country or number at the provider, then call again.",
  fromNumber:
    "Check at the provider whether the account may call from this number. Meanwhile calls from it wait, or use another number of the project.",
  account:
    "Check the account, its token and its balance at the provider. Meanwhile calls wait, or use another provider of the project.",
  configuration: "Check the account, its token and the from-number at the provider.",
  text: "Send a shorter text. The message has this provider's limit.",
  defect: "This is a defect of call-log. Its log has the error under the attempt's id.",
  throttled: "Nothing was dialled. Lower the calls per second, or ask the provider for more.",
};

/** Advice on a refused attempt, with the provider's page about its error; undefined when there is nothing to do. */
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
