import { cloneElement, Fragment, isValidElement, type ReactNode } from "react";

import { splitTags, type TextPiece } from "./split-tags.ts";
import { type TextValues, translated } from "./translate.ts";

interface Props {
  /** English text with tags: `<who/> was called <when/>`, `Read <link>the guide</link>.` */
  text: string;
  values?: TextValues;
  /** What each tag stands for; an element around words gets them as its children. */
  parts: Readonly<Record<string, ReactNode>>;
}

/** A sentence of the catalogue with elements in it; a translation may put them in another order. */
export function Trans({ text, values, parts }: Props) {
  const safe = values && mapped(values, (value) => String(value).replaceAll("<", HELD));
  return <>{drawn(splitTags(translated(text, { ...values, ...safe })), parts)}</>;
}

/** In place of `<` in a value, so that a name like "<b>" is not read as a tag. */
const HELD = "\u{E000}";

function mapped(values: TextValues, change: (value: string) => string): TextValues {
  const texts = Object.entries(values).filter(([, value]) => typeof value === "string");
  return Object.fromEntries(texts.map(([name, value]) => [name, change(value as string)]));
}

function drawn(pieces: readonly TextPiece[], parts: Props["parts"]): ReactNode[] {
  return pieces.map((piece, place) => {
    if (typeof piece === "string") return piece.replaceAll(HELD, "<");
    const part = parts[piece.tag];
    if (piece.inside === undefined || !isValidElement(part))
      return <Fragment key={place}>{part ?? drawn(piece.inside ?? [], parts)}</Fragment>;
    return cloneElement(part, { key: place }, ...drawn(piece.inside, parts));
  });
}
