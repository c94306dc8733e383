/** Colours of one meaning in one scheme: a mark or line, text, and the background behind that text. */
export interface Shades {
  mark: string;
  text: string;
  soft: string;
}

/** What a colour means. */
export interface ToneEntry {
  meaning: string;
  light: Shades;
  dark: Shades;
}

/** Colours by meaning; each is also a colour of Mantine by this name. */
export const TONES = {
  good: {
    meaning: "It worked: reached, delivered, alive",
    light: { mark: "#2b8a3e", text: "#1f6b2f", soft: "#e9f7ec" },
    dark: { mark: "#40b558", text: "#8ce99a", soft: "#16291b" },
  },
  warn: {
    meaning: "It did not work, or needs a look soon: not reached, retrying",
    light: { mark: "#d9730d", text: "#8a4500", soft: "#fff2e2" },
    dark: { mark: "#f08c00", text: "#ffc078", soft: "#33230f" },
  },
  bad: {
    meaning: "A fault that a person has to mend, or an act that cannot be undone",
    light: { mark: "#c92a2a", text: "#a61e1e", soft: "#ffecec" },
    dark: { mark: "#fa5252", text: "#ffa8a8", soft: "#3b191b" },
  },
  active: {
    meaning: "It happens now: dialing, ringing, running",
    light: { mark: "#1c7ed6", text: "#155a9c", soft: "#e7f3ff" },
    dark: { mark: "#339af0", text: "#a5d8ff", soft: "#12293d" },
  },
  unknown: {
    meaning: "Nobody knows yet; a person may have to decide",
    light: { mark: "#7048e8", text: "#5f3dc4", soft: "#f1edff" },
    dark: { mark: "#9775fa", text: "#d0bfff", soft: "#281f45" },
  },
  neutral: {
    meaning: "Neither good nor bad: waits, canceled, imported",
    light: { mark: "#7a838c", text: "#495057", soft: "#f1f3f5" },
    dark: { mark: "#868e96", text: "#ced4da", soft: "#272c33" },
  },
  measure: {
    meaning: "A number that is neither good nor bad: costs, counts, durations",
    light: { mark: "#0b7285", text: "#0a5c6b", soft: "#e3f6f9" },
    dark: { mark: "#22a7bf", text: "#99e9f2", soft: "#0f2a30" },
  },
} as const satisfies Record<string, ToneEntry>;

/** A meaning that has a colour. */
export type Tone = keyof typeof TONES;

/** Every tone, in the order of the page on design. */
export const TONE_NAMES = Object.keys(TONES) as Tone[];

/** Colours without a meaning, by scheme. */
export const GROUND = {
  body: { light: "#ffffff", dark: "#15181d" },
  text: { light: "#1c2127", dark: "#e6e8eb" },
  dimmed: { light: "#495057", dark: "#b3bac3" },
  placeholder: { light: "#69727b", dark: "#98a1ad" },
  border: { light: "#dee2e6", dark: "#343a43" },
  hover: { light: "#f4f6f8", dark: "#1f242b" },
  focus: { light: "#0b7285", dark: "#3bc9db" },
} as const satisfies Record<string, { light: string; dark: string }>;

/** Mantine's greys of the dark scheme, from text to the darkest ground: the page is the eighth. */
export const DARK_SHADES = [
  "#e6e8eb",
  "#c5cbd3",
  "#b3bac3",
  "#98a1ad",
  "#343a43",
  "#2b3038",
  "#22272e",
  "#15181d",
  "#101317",
  "#0b0d10",
] as const;

/** Sizes of text in rem; `md` is the text of the page. */
export const FONT_SIZES = { xs: 0.75, sm: 0.8125, md: 0.875, lg: 1, xl: 1.25 } as const;

/** Sizes of headings in rem, by level. */
export const HEADING_SIZES = {
  h1: 1.375,
  h2: 1.25,
  h3: 1.125,
  h4: 1,
  h5: 0.9375,
  h6: 0.875,
} as const;

/** Space between things in rem: steps of 4 px. */
export const SPACING = { xs: 0.5, sm: 0.75, md: 1, lg: 1.5, xl: 2 } as const;

/** Radius of corners in rem. */
export const RADIUS = { xs: 0.125, sm: 0.25, md: 0.375, lg: 0.5, xl: 1 } as const;

/** Vertical padding of a table's cell in pixels, by density. */
export const DENSITY = { comfortable: 8, compact: 4 } as const;
