import type { I18n } from "@lingui/core";
import { parse, type Token } from "@messageformat/parser";

/** A text in ICU MessageFormat as Lingui formats it. */
export type CompiledText = ReturnType<Parameters<I18n["setMessagesCompiler"]>[0]>;

/** How a text is compiled. */
interface Options {
  /** Each value keeps its own direction, so that "22" and "34" stay where they are in a line from right to left. */
  areValuesIsolated: boolean;
}

const USUAL: Options = { areValuesIsolated: false };

/**
 * Compile a text in ICU MessageFormat: values, numbers, plurals and choices. Dates are given as text, in their own format. In place
 * of Lingui's own compiler, whose patterns of dates are a quarter of it. Throws if the text is not valid.
 */
export function compileText(text: string, options = USUAL): CompiledText {
  return compiledTokens(parse(text), options);
}

/** Unicode's marks around a part of a line that has the direction of its first letter. */
const [ISOLATE, END] = ["\u{2068}", "\u{2069}"];
const VALUES: ReadonlySet<Token["type"]> = new Set(["octothorpe", "argument", "function"]);

function compiledTokens(tokens: readonly Token[], options: Options): CompiledText {
  return tokens.flatMap((token) => {
    const compiled = compiledToken(token, options);
    const isIsolated = options.areValuesIsolated && VALUES.has(token.type);
    return isIsolated ? [ISOLATE, compiled, END] : [compiled];
  });
}

function compiledToken(token: Token, options: Options): CompiledText[number] {
  switch (token.type) {
    case "content":
      return token.value;
    case "octothorpe":
      return "#";
    case "argument":
      return [token.arg];
    case "function":
      return [token.arg, token.key];
    case "plural":
    case "select":
    case "selectordinal": {
      const cases = token.cases.map(({ key, tokens }) => [
        key.replace("=", ""),
        compiledTokens(tokens, options),
      ]);
      return [token.arg, token.type, { offset: token.pluralOffset, ...Object.fromEntries(cases) }];
    }
  }
}
