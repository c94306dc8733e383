import { phoneNumber, publicAddress } from "@call-log/model";
import { z } from "zod";

/** Settings of an account at Twilio, by names without its prefix: `ACCOUNT_SID` is `TWILIO_ACCOUNT_SID`. */
export const twilioSettings = z.object({
  ACCOUNT_SID: z
    .string({ error: "must be set to the account's id" })
    .regex(/^AC[0-9a-f]{32}$/i, { error: "must be AC and 32 hexadecimal digits" })
    .meta({ description: "Id of the account at Twilio" }),
  AUTH_TOKEN: z.string({ error: "must be set to the account's token" }).min(1).meta({
    description: "Token of the account; Twilio signs callbacks with it, also beside an API key",
  }),
  AUTH_TOKEN_SECONDARY: z.string().min(1).optional().meta({
    description: "A second token that callbacks may be signed with, while tokens are changed",
  }),
  API_KEY_SID: z
    .string()
    .regex(/^SK[0-9a-f]{32}$/i, { error: "must be SK and 32 hexadecimal digits" })
    .optional()
    .meta({ description: "API key that requests are made with instead of the token" }),
  API_KEY_SECRET: z.string().min(1).optional().meta({
    description: "Secret of that API key",
  }),
  FROM_NUMBER: phoneNumber.optional().meta({
    description: "Number to call from for projects without their own",
  }),
  API_BASE_URL: publicAddress.default("https://api.twilio.com").meta({
    description: "Twilio's API, in another region or on a test server",
  }),
});

/** Settings of an account at Twilio. */
export type TwilioSettings = z.output<typeof twilioSettings>;

/** An API key is its id and its secret. */
export function keyProblems({ API_KEY_SID, API_KEY_SECRET }: TwilioSettings) {
  if ((API_KEY_SID === undefined) === (API_KEY_SECRET === undefined)) return [];
  return API_KEY_SID === undefined
    ? ([["API_KEY_SID", "must be set to the id of the API key, since its secret is"]] as const)
    : ([["API_KEY_SECRET", "must be set to the secret of the API key, since its id is"]] as const);
}
