/** US dollars as text, from US cents; keeps fractions of a cent. */
export function dollars(cents: number): string {
  const text = (cents / 100).toFixed(6).replace(/0{1,4}$/, "");
  return `$${text}`;
}
