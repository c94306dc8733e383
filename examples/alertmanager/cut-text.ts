/** Start of a text, at most `most` UTF-16 units long: whole graphemes, no surrogate halves. */
export function cutText(text: string, most: number): string {
  let cut = "";
  for (const { segment } of new Intl.Segmenter().segment(text.replaceAll(/\p{Surrogate}/gu, ""))) {
    if (cut.length + segment.length > most) break;
    cut += segment;
  }
  return cut;
}
