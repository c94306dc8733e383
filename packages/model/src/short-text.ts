import { z } from "zod";

/** Half of a surrogate pair: no character, and nothing that UTF-8, a URL or a hash can hold. */
const HALF_CHARACTER = /\p{Surrogate}/u;

function isWellFormed(text: string): boolean {
  return !HALF_CHARACTER.test(text);
}

const HALF_CHARACTER_ERROR =
  "must be whole characters: it has half of a surrogate pair, as text has that was cut inside an emoji";

/** Text that the caller gives and gets back as it is, such as a key, a tag or a name: 1 to so many characters, all of them whole. */
export function shortText(max: number, error = "must be text") {
  return z
    .string({ error })
    .min(1, { error: "must not be empty" })
    .max(max, { error: `must be at most ${max} characters` })
    .refine(isWellFormed, { error: HALF_CHARACTER_ERROR });
}

/** Like `shortText`, without the spaces around it: names and reasons that people type. */
export function trimmedText(max: number) {
  return z
    .string({ error: "must be text" })
    .trim()
    .min(1, { error: "must not be empty" })
    .max(max, { error: `must be at most ${max} characters` })
    .refine(isWellFormed, { error: HALF_CHARACTER_ERROR });
}
