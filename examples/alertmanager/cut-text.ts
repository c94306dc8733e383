/** The beginning of a text, of at most so many UTF-16 units: whole characters as people see them, and no halves of any. */
export function cutText(text: string, most: number): string {
  let cut = "";
  for (const { segment } of new Intl.Segmenter().segment(text.replaceAll(/\p{Surrogate}/gu, ""))) {
    if (cut.length + segment.length > most) break;
    cut += segment;
  }
  return cut;
}
