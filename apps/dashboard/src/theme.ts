import { createTheme } from "@mantine/core";

/** Looks of the dashboard: the system's own fonts, so that nothing is loaded from elsewhere. */
export const theme = createTheme({
  primaryColor: "cyan",
  primaryShade: 9,
  autoContrast: true,
  defaultRadius: "md",
  cursorType: "pointer",
});
