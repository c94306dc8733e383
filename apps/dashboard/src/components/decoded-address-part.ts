/** A part of an address as it was before it was encoded; itself where it is no encoded text. */
export function decodedAddressPart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A lone percent sign was never encoded.
    return part;
  }
}
