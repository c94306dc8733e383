import { z } from "zod";

/** Half of a surrogate pair: no character, and nothing that UTF-8, a URL or a hash can hold. */
const HALF_CHARACTER = /\p{Surrogate}/u;

function isWellFormed(text: string): boolean {
  return !HALF_CHARACTER.test(text);
}

const HALF_CHARACTER_ERROR =
  "must be whole characters: it has half of a surrogate pair, as text has that was cut inside an emoji";

/** True for a text of at most so many characters: code points, as JSON Schema counts them. */
export function hasAtMost(text: string, max: number): boolean {
  return text.length <= max || Array.from(text).length <= max;
}

/**
 * Text that the caller gives and gets back as it is, such as a key, a tag or a name: 1 to so many characters, all of
 * them whole.
 */
export function shortText(max: number, error = "must be text") {
  return z
    .string({ error })
    .min(1, { error: "must not be empty" })
    .refine((text) => hasAtMost(text, max), { error: `must be at most ${max} characters` })
    .meta({ maxLength: max })
    .refine(isWellFormed, { error: HALF_CHARACTER_ERROR });
}

/** Like `shortText`, without the spaces around it: names and reasons that people type. */
export function trimmedText(max: number) {
  return z
    .string({ error: "must be text" })
    .trim()
    .min(1, { error: "must not be empty" })
    .refine((text) => hasAtMost(text, max), { error: `must be at most ${max} characters` })
    .meta({ maxLength: max })
    .refine(isWellFormed, { error: HALF_CHARACTER_ERROR });
}
