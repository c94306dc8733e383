import type { I18n } from "@lingui/core";
import { parse, type Token } from "@messageformat/parser";

/** A text in ICU MessageFormat as Lingui formats it. */
export type CompiledText = ReturnType<Parameters<I18n["setMessagesCompiler"]>[0]>;

/**
 * Compile a text in ICU MessageFormat: values, numbers, plurals and choices. Dates are given as text, in their own format. In place
 * of Lingui's own compiler, whose patterns of dates are a quarter of it. Throws if the text is not valid.
 */
export function compileText(text: string): CompiledText {
  return parse(text).map(compiledToken);
}

function compiledToken(token: Token): CompiledText[number] {
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
        tokens.map(compiledToken),
      ]);
      return [token.arg, token.type, { offset: token.pluralOffset, ...Object.fromEntries(cases) }];
    }
  }
}
