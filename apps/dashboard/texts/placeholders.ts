import { type CompiledText, compileText } from "../src/language/compile-text.ts";

/** What a translation must keep of a text. */
export interface Placeholders {
  /** Names of values. */
  values: string[];
  /** Names of tags. */
  tags: string[];
}

type Token = CompiledText[number];

/** The placeholders of a text in ICU MessageFormat, sorted. Throws if the text is not valid. */
export function placeholdersOf(text: string): Placeholders {
  const tokens = compileText(text);
  const tags = [...text.matchAll(/<(\w+)\/?>/g)].map(([, name]) => name ?? "");
  return { values: unique(tokens.flatMap(valuesOf)), tags: unique(tags) };
}

function valuesOf(token: Token): string[] {
  if (!Array.isArray(token)) return [];
  const [name, , format] = token;
  const cases = typeof format === "object" && format !== null ? Object.values(format) : [];
  const inside = cases.filter((one): one is Token[] => Array.isArray(one));
  return [name, ...inside.flat().flatMap(valuesOf)];
}

const unique = (names: readonly string[]) => [...new Set(names)].toSorted();
