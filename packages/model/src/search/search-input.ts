import { onlyKeys } from "../value/only-keys.ts";
import { trimmedText } from "../value/short-text.ts";

/** Input of a search: a number in any form or a part of it, a name, an incident, an id or its beginning, a text. */
export const searchInput = onlyKeys({
  text: trimmedText(100).meta({ description: "What is looked for", example: "0151 23456" }),
});
