/**
 * What a terminal acts on and nobody says: string sequences (OSC, DCS, …) up to their end, CSI with its parameters,
 * two-character escapes; ECMA-48.
 */
const ESCAPE_SEQUENCE = new RegExp(
  [
    // Nothing that begins a sequence is inside of one, so that no text takes more than one look at each character.
    String.raw`(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x80-\x9f\r\n]*(?:\x07|\x1b\\|\x9c)`,
    String.raw`(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]`,
    String.raw`\x1b[ -/]*[0-~]`,
  ].join("|"),
  "gu",
);

/** Controls that part words: vertical tab, form feed, and the four separators of ASCII. */
// eslint-disable-next-line no-control-regex -- these are what it is for
const SEPARATOR = /[\v\f\u001c-\u001f]/gu;

/**
 * What no carrier can be sent or say: controls other than tab, line breaks and U+0085, half surrogates, private characters and
 * noncharacters. XML 1.0 forbids the most of them (https://www.w3.org/TR/xml/#charsets).
 */
const UNSPEAKABLE = /(?![\t\n\r\u0085])[\p{Cc}\p{Cs}\p{Co}\p{Noncharacter_Code_Point}]/gu;

/** A character that is seen or heard: neither space nor one of those that are invisible. */
const VISIBLE = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}]/u;

/**
 * The part of a text that a carrier can be sent: no colour codes of terminals, no characters that XML forbids, trimmed;
 * empty when nothing is left to say.
 */
export function toSpeakable(text: string): string {
  const left = text
    .replaceAll(ESCAPE_SEQUENCE, "")
    .replaceAll(SEPARATOR, " ")
    .replaceAll(UNSPEAKABLE, "")
    .trim();
  return VISIBLE.test(left) ? left : "";
}

/**
 * Said in the place of a text with nothing to say: engines make a short silence of it, and no carrier refuses it as
 * empty.
 */
const SILENCE = ".";

/** A recorded text as a carrier can be sent it, also one that was recorded before texts were cleaned; never empty. */
export function spokenForm(text: string): string {
  return toSpeakable(text) || SILENCE;
}
