import type { SpeechLimit } from "../../provider.ts";
import { twimlOf } from "./twiml.ts";

/** What Twilio takes with "create call" (https://www.twilio.com/docs/api/errors/32018). */
export const TWIML_LIMIT: SpeechLimit = {
  most: 4000,
  unit: "characters of TwiML",
  measure: ({ steps, callbackUrls, ...options }) => {
    const gatherUrl = callbackUrls?.gather;
    return twimlOf(steps, { ...options, ...(gatherUrl !== undefined && { gatherUrl }) }).length;
  },
};
