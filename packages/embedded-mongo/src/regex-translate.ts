import { CommandError } from "./errors.ts";

const FLAGS = new Set(["i", "m", "s", "u", "x"]);

// PCRE's shorthand classes are ASCII; JavaScript's \s is not.
const SPACE = "\\t\\n\\v\\f\\r ";

/** Translates a PCRE pattern to a JavaScript one with the same meaning, or refuses it. */
export function translateRegex(pattern: string, options: string): RegExp {
  for (const flag of options) {
    if (!FLAGS.has(flag)) throw new CommandError(51108, `invalid flag in regex options: ${flag}`);
  }
  if (options.includes("x")) throw unsupported("the option x");
  const source = translate(pattern, {
    multiline: options.includes("m"),
    dotAll: options.includes("s"),
  });
  try {
    return new RegExp(source, options.includes("i") ? "iu" : "u");
  } catch (error) {
    const reason = (error as Error).message;
    throw new CommandError(51091, `Regular expression is invalid or not supported here: ${reason}`);
  }
}

interface Mode {
  readonly multiline: boolean;
  readonly dotAll: boolean;
}

function translate(pattern: string, mode: Mode): string {
  let output = "";
  let inClass = false;
  for (let index = 0; index < pattern.length; index += 1) {
    const char = pattern[index] as string;
    if (char === "\\") {
      index += 1;
      output += translateEscape(pattern[index] ?? "", inClass);
    } else if (inClass) {
      if (char === "[" && pattern[index + 1] === ":") throw unsupported("a POSIX class");
      inClass = char !== "]";
      output += char === "[" ? "\\[" : char;
    } else {
      if (char === "(" && pattern[index + 1] === "?") assertGroup(pattern.slice(index + 2));
      inClass = char === "[";
      output += translateChar(char, mode);
    }
    if (inClass && char === "[" && /^\^?\]/.test(pattern.slice(index + 1)))
      throw unsupported("an empty class");
  }
  return output;
}

function translateChar(char: string, mode: Mode): string {
  if (char === ".") return mode.dotAll ? "[^]" : "[^\\n]";
  if (char === "^") return mode.multiline ? "(?<![^\\n])" : "^";
  if (char === "$") return mode.multiline ? "(?![^\\n])" : "(?=\\n?(?![^]))";
  if (char === "}" || char === "]") return char === "}" ? "}" : "\\]";
  return char;
}

function translateEscape(char: string, inClass: boolean): string {
  if (char === "s") return inClass ? SPACE : `[${SPACE}]`;
  if (char === "S" && !inClass) return `[^${SPACE}]`;
  if (/[dDwWtnrfv]/.test(char) || (/[bB1-9]/.test(char) && !inClass)) return `\\${char}`;
  if (char === "x" || char === "u") return `\\${char}`;
  if (/[A-Za-z0-9]/.test(char) || char === "") throw unsupported(`the escape \\${char}`);
  // JavaScript's unicode mode allows escapes of syntax characters only.
  return `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
}

function assertGroup(rest: string): void {
  if (!/^(?::|=|!|<=|<!|<[A-Za-z_])/.test(rest)) throw unsupported("this kind of group");
}

function unsupported(what: string): CommandError {
  return new CommandError(51091, `Regular expression is invalid or not supported here: ${what}`);
}
