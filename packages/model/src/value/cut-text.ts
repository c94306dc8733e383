/** The beginning of a text, of at most so many UTF-16 units, that ends between two characters as people see them. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  let cut = "";
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (cut.length + segment.length > most) break;
    cut += segment;
  }
  return cut;
}
