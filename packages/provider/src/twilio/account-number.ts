import type Twilio from "twilio/lib/rest/Twilio.js";

import type { NumberStanding } from "../provider.ts";

/**
 * What an account at Twilio has of a number: one that it owns (https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource),
 * or one that it has verified as a caller id (https://www.twilio.com/docs/voice/api/outgoing-caller-ids).
 */
export async function checkNumber(
  client: Pick<Twilio, "incomingPhoneNumbers" | "outgoingCallerIds">,
  phoneNumber: string,
): Promise<NumberStanding> {
  const search = { phoneNumber, limit: 1 };
  const [owned] = await client.incomingPhoneNumbers.list(search);
  if (owned?.capabilities.voice === true) return "owned";
  const [verified] = await client.outgoingCallerIds.list(search);
  if (verified !== undefined) return "verified";
  return owned === undefined ? "absent" : "no-voice";
}
