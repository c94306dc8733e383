import { z } from "zod";

const MIN_CHARACTERS = 32;
const MIN_DIFFERENT = 8;

const RULE = {
  error: `must have at least ${MIN_CHARACTERS} characters, ${MIN_DIFFERENT} of them different; make one with: openssl rand -base64 32`,
};

const secretKey = z
  .string()
  .trim()
  .refine((text) => text.length >= MIN_CHARACTERS && new Set(text).size >= MIN_DIFFERENT, RULE)
  .optional();

/** Settings of the master secret, from which the key of every use is derived. */
export const secretSettings = z.object({
  SECRET_KEY: secretKey.meta({
    description:
      "Master secret that callback addresses are signed with; without it one is made and kept in the database",
  }),
  SECRET_KEY_PREVIOUS: secretKey.meta({
    description: "The previous SECRET_KEY, whose signatures still count during replacement",
  }),
});

/** Settings of the master secret. */
export type SecretSettings = z.output<typeof secretSettings>;
