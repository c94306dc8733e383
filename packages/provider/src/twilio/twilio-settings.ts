import { phoneNumber, publicAddress } from "@call-log/model";
import { z } from "zod";

/** Settings of an account at Twilio, by names without its prefix: `ACCOUNT_SID` is `TWILIO_ACCOUNT_SID`. */
export const twilioSettings = z.object({
  ACCOUNT_SID: z
    .string({ error: "must be set to the account's id" })
    .regex(/^AC[0-9a-f]{32}$/i, { error: "must be AC and 32 hexadecimal digits" })
    .meta({ description: "Id of the account at Twilio" }),
  AUTH_TOKEN: z
    .string({ error: "must be set to the account's token" })
    .min(1)
    .meta({ description: "Token of the account; it also signs the callbacks" }),
  AUTH_TOKEN_SECONDARY: z.string().min(1).optional().meta({
    description: "A second token that callbacks may be signed with, while tokens are changed",
  }),
  FROM_NUMBER: phoneNumber.optional().meta({
    description: "Number to call from for projects that have none of their own",
  }),
  API_BASE_URL: publicAddress.default("https://api.twilio.com").meta({
    description: "Twilio's API, in another region or on a test server",
  }),
});

/** Settings of an account at Twilio. */
export type TwilioSettings = z.output<typeof twilioSettings>;
