import { phoneNumber, publicAddress } from "@call-log/model";
import { z } from "zod";

/** Settings of an account at Telnyx, by names without its prefix: `API_KEY` is `TELNYX_API_KEY`. */
export const telnyxSettings = z.object({
  API_KEY: z
    .string({ error: "must be set to an API key of the account" })
    .min(1)
    .meta({ description: "API key of the account at Telnyx" }),
  PUBLIC_KEY: z
    .string({ error: "must be set to the account's public key" })
    .regex(/^[A-Za-z0-9+/]{43}=$/, { error: "must be an Ed25519 key: 32 bytes in base64" })
    .meta({ description: "The account's public key, by which its callbacks are known" }),
  CONNECTION_ID: z
    .string({ error: "must be set to the id of a voice API application" })
    .regex(/^\d{1,32}$/, { error: "must be digits" })
    .meta({ description: "Id of the voice API application that places the calls" }),
  FROM_NUMBER: phoneNumber.optional().meta({
    description: "Number to call from for projects without their own",
  }),
  API_BASE_URL: publicAddress.default("https://api.telnyx.com").meta({
    description: "Telnyx's API, or a test server",
  }),
});

/** Settings of an account at Telnyx. */
export type TelnyxSettings = z.output<typeof telnyxSettings>;
