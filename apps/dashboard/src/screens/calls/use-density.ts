import { useLocalStorage } from "@mantine/hooks";

/** Height of the rows. */
export type Density = "comfortable" | "compact";

/** The density chosen in this browser, and a setter. */
export function useDensity() {
  return useLocalStorage<Density>({
    key: "call-log.density",
    defaultValue: "comfortable",
    getInitialValueInEffect: false,
  });
}
