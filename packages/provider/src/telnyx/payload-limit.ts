import { mapTexts, speakable } from "@call-log/model";

import type { SpeechLimit } from "../provider.ts";

/**
 * What Telnyx takes as the `payload` of one command (https://developers.telnyx.com/api-reference/call-commands/speak-
 * text).
 */
export const PAYLOAD_LIMIT: SpeechLimit = {
  most: 3000,
  unit: "characters in one text",
  measure: ({ steps }) => {
    let longest = 0;
    mapTexts(speakable(steps), (text) => {
      longest = Math.max(longest, text.length);
      return text;
    });
    return longest;
  },
};
