/** Numbers that the fake's account has; it takes calls from any. */
const OWNED: Readonly<Record<string, string>> = {
  "+15550107001": "active",
  // Found beside the first, whose digits it contains.
  "+155501070019": "active",
  "+15550107002": "port-pending",
};
const VERIFIED = ["+15550107003"];

/** `/v2/phone_numbers?filter[phone_number]=…`: those whose digits contain the filter's; a character that is no digit finds none. */
export function ownedNumbers(wanted: string): object {
  const isFound = (number: string) => /^\d{3,}$/.test(wanted) && number.includes(wanted);
  const found = Object.entries(OWNED).filter(([number]) => isFound(number));
  return {
    data: found.map(([phone_number, status]) => ({
      record_type: "phone_number",
      id: phone_number.replace("+", "1293384261"),
      phone_number,
      status,
    })),
    meta: { total_pages: 1, total_results: found.length, page_number: 1, page_size: 50 },
  };
}

/** `/v2/verified_numbers/{number}`, or undefined for one that is not verified. */
export function verifiedNumber(phone_number: string): object | undefined {
  if (!VERIFIED.includes(phone_number)) return undefined;
  const verified_at = "2024-01-01T00:00:00.000Z";
  return { data: { record_type: "verified_number", phone_number, verified_at } };
}
