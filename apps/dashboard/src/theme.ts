import { createTheme } from "@mantine/core";

/** Theme of the dashboard: system fonts, so that nothing is loaded from other servers. */
export const theme = createTheme({
  primaryColor: "cyan",
  primaryShade: 9,
  autoContrast: true,
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
});
