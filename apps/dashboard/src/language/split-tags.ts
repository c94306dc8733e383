/** A piece of a text: words, or a tag with the pieces inside; `inside` is undefined for a tag that holds nothing. */
export type TextPiece = string | { tag: string; inside?: TextPiece[] };

const TAG = /<(\w+)\/>|<(\w+)>(.*?)<\/\2>/s;

/** A text with tags, in pieces: `See <link>the guide</link>.` What is no complete tag is words. */
export function splitTags(text: string): TextPiece[] {
  const found = TAG.exec(text);
  if (found === null) return text === "" ? [] : [text];
  const [all, alone, around, inside = ""] = found;
  const tag = alone ?? around ?? "";
  return [
    ...(found.index === 0 ? [] : [text.slice(0, found.index)]),
    alone === undefined ? { tag, inside: splitTags(inside) } : { tag },
    ...splitTags(text.slice(found.index + all.length)),
  ];
}
