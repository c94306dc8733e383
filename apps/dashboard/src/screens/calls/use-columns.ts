import { useLocalStorage } from "@mantine/hooks";

import { COLUMNS, type Column } from "./columns.tsx";

const USUAL = COLUMNS.filter(({ usual }) => usual).map(({ name }) => name);

/** The columns chosen in this browser, and a setter. */
export function useColumns(): [
  columns: readonly Column[],
  names: string[],
  setNames: (names: string[]) => void,
] {
  const [names, setNames] = useLocalStorage({
    key: "call-log.columns",
    defaultValue: USUAL,
    getInitialValueInEffect: false,
  });
  return [COLUMNS.filter(({ name }) => names.includes(name)), names, setNames];
}
