/** Dollars and cents for people, from US cents; fractions of a cent are kept as far as they go. */
export function dollars(cents: number): string {
  const text = (cents / 100).toFixed(6).replace(/0{1,4}$/, "");
  return `$${text}`;
}
