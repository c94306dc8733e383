import {
  Badge,
  createTheme,
  type CSSVariablesResolver,
  Modal,
  Tooltip,
  virtualColor,
} from "@mantine/core";

import {
  DARK_SHADES,
  FONT_SIZES,
  GROUND,
  HEADING_SIZES,
  RADIUS,
  SPACING,
  type Tone,
  TONE_NAMES,
  TONES,
} from "./design/tokens.ts";
import { t } from "./language/translate.ts";

type Scheme = "light" | "dark";

const PRIMARY = "cyan";

/** Mantine's colour under each tone; the shades that are seen come from the tokens. */
const UNDER_TONE = {
  good: "green",
  warn: "orange",
  bad: "red",
  active: "blue",
  unknown: "violet",
  neutral: "gray",
  measure: "cyan",
} as const satisfies Record<Tone, string>;

const rems = (sizes: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(sizes).map(([name, size]) => [name, `${size}rem`]));

/** Theme of the dashboard, from the tokens; system fonts, so that nothing is loaded from other servers. */
export const theme = createTheme({
  primaryColor: PRIMARY,
  primaryShade: 9,
  autoContrast: true,
  cursorType: "pointer",
  respectReducedMotion: true,
  defaultRadius: "md",
  fontFamily:
    'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif',
  fontFamilyMonospace:
    'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  fontSizes: rems(FONT_SIZES),
  lineHeights: { xs: "1.35", sm: "1.4", md: "1.45", lg: "1.5", xl: "1.4" },
  spacing: rems(SPACING),
  radius: rems(RADIUS),
  headings: {
    fontWeight: "650",
    sizes: Object.fromEntries(
      Object.entries(HEADING_SIZES).map(([level, size]) => [
        level,
        { fontSize: `${size}rem`, lineHeight: "1.3" },
      ]),
    ),
  },
  colors: {
    dark: DARK_SHADES,
    ...Object.fromEntries(
      TONE_NAMES.map((name) => [
        name,
        virtualColor({ name, light: UNDER_TONE[name], dark: UNDER_TONE[name] }),
      ]),
    ),
  },
  components: {
    Badge: Badge.extend({ defaultProps: { tt: "none", fw: 600 } }),
    // It has a name, which only something with a role may have.
    Loader: { defaultProps: { role: "status" } },
    // Beside its field, and so in the same landmark or dialog.
    Combobox: { defaultProps: { withinPortal: false } },
    // The list itself scrolls, not a part of it that the keyboard does not reach.
    Select: { defaultProps: { withScrollArea: false } },
    Autocomplete: { defaultProps: { withScrollArea: false } },
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        closeButtonProps: { "aria-label": t("Close") },
        // Else the head of a dialog is a second banner of the page.
        attributes: { header: { role: "presentation" } },
      },
    }),
    Tooltip: Tooltip.extend({
      defaultProps: {
        events: { hover: true, focus: true, touch: true },
        openDelay: 250,
        multiline: true,
        maw: 360,
        // Not behind the page, where no landmark holds it.
        portalProps: { target: "main" },
      },
    }),
  },
});

/** The tokens as CSS variables, and Mantine's own variables set from them. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: colorVariables("light"),
  dark: colorVariables("dark"),
});

function colorVariables(scheme: Scheme): Record<string, string> {
  const ground = Object.entries(GROUND).map(([name, by]) => [`--call-log-${name}`, by[scheme]]);
  return {
    ...Object.fromEntries(ground),
    ...Object.assign({}, ...TONE_NAMES.map((name) => toneVariables(name, scheme))),
    "--mantine-color-body": "var(--call-log-body)",
    "--mantine-color-text": "var(--call-log-text)",
    "--mantine-color-dimmed": "var(--call-log-dimmed)",
    "--mantine-color-placeholder": "var(--call-log-placeholder)",
    "--mantine-color-disabled-color": "var(--call-log-placeholder)",
    "--mantine-color-default-border": "var(--call-log-border)",
    "--mantine-color-default-hover": "var(--call-log-hover)",
    "--mantine-color-error": "var(--call-log-bad-text)",
    // Light buttons of the primary colour: Mantine's own words on them are too faint.
    [`--mantine-color-${PRIMARY}-light`]: TONES.measure[scheme].soft,
    [`--mantine-color-${PRIMARY}-light-hover`]: TONES.measure[scheme].soft,
    [`--mantine-color-${PRIMARY}-light-color`]: TONES.measure[scheme].text,
  };
}

function toneVariables(name: Tone, scheme: Scheme): Record<string, string> {
  const { mark, text, soft } = TONES[name][scheme];
  return {
    [`--call-log-${name}`]: mark,
    [`--call-log-${name}-text`]: text,
    [`--call-log-${name}-soft`]: soft,
    [`--mantine-color-${name}-text`]: text,
    [`--mantine-color-${name}-light`]: soft,
    [`--mantine-color-${name}-light-hover`]: soft,
    [`--mantine-color-${name}-light-color`]: text,
    [`--mantine-color-${name}-outline`]: mark,
  };
}
