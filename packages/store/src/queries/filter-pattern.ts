import type { TextPosition } from "@call-log/model";

/**
 * A regular expression that finds a text literally, whatever its letter case. Databases differ in how their flag for letter case
 * treats Unicode, so every letter is spelled out with its other cases (Unicode's simple case folding) and no flag is needed.
 */
export function textPattern(text: string, position: TextPosition): string {
  const body = Array.from(text, anyCase).join("");
  switch (position) {
    case "anywhere":
      return body;
    case "start":
      return `^${body}`;
    case "end":
      // `$` would also stand before a last line break.
      return `${body}(?!\\n|.)`;
  }
}

function anyCase(char: string): string {
  const cases = casedCharacters().match(new RegExp(escaped(char), "giu"));
  return cases === null ? escaped(char) : `[${cases.join("")}]`;
}

// Characters outside ASCII have no meaning in a pattern; a letter or digit must not be escaped.
function escaped(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code > 0x7f || /[A-Za-z0-9]/.test(char)) return char;
  return `\\x${code.toString(16).padStart(2, "0")}`;
}

const LAST_CASED_CODE_POINT = 0x1ffff;
let casedCache: string | undefined;

// All characters that have another letter case, as one text to search for a character's other cases.
function casedCharacters(): string {
  casedCache ??= Array.from({ length: LAST_CASED_CODE_POINT }, (_, code) =>
    String.fromCodePoint(code),
  )
    .filter((char) => /[\p{Changes_When_Casemapped}\p{Changes_When_Casefolded}]/u.test(char))
    .join("");
  return casedCache;
}
