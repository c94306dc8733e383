/** The state of the table in the address, and how to change it. */
export interface AddressProps {
  address: URLSearchParams;
  set: (changes: Readonly<Record<string, string | undefined>>) => void;
}
