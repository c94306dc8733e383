import { shortText } from "../value/short-text.ts";

/**
 * Language in which a call's texts are spoken, up to 35 characters. It is passed on as it is: the provider decides which
 * languages it speaks, and which one it speaks by default (`twilio/speech/twiml.ts`, `telnyx/speech.ts`).
 */
export const spokenLanguage = shortText(35).meta({
  description: "BCP 47 language tag",
  example: "en-US",
});

/** Voice in which a call's texts are spoken, by the provider's name, up to 100 characters. */
export const spokenVoice = shortText(100).meta({
  description: "Voice, by the provider's name",
  example: "Polly.Joanna",
});
