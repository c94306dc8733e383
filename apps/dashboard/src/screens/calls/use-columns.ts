import { useLocalStorage } from "@mantine/hooks";
import { useMemo } from "react";

import { type Column, COLUMNS, columnsOf } from "./columns.tsx";

const USUAL = COLUMNS.filter(({ usual }) => usual).map(({ name }) => name);

/** The usual columns of the previous release, which stored them also where nobody had chosen. */
const USUAL_BEFORE = "when,status,to,user,incident,answered,attempts,cost";

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
  const shown = names.join(",") === USUAL_BEFORE ? USUAL : names;
  const columns = useMemo(() => columnsOf(shown), [shown]);
  return [columns, shown, setNames];
}
