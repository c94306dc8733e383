/** The address, which holds the state of the table, and a function to change it. */
export interface AddressProps {
  address: URLSearchParams;
  set: (changes: Readonly<Record<string, string | undefined>>) => void;
}
