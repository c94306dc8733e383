import { CALL_STATUS_NAMES } from "@call-log/model";
import { describe, expect, test } from "vitest";

import { toneOf } from "../apps/dashboard/src/call/status-tone.ts";
import { contrast } from "../apps/dashboard/src/design/contrast.ts";
import {
  DENSITY,
  FONT_SIZES,
  GROUND,
  HEADING_SIZES,
  RADIUS,
  SPACING,
  TONE_NAMES,
  TONES,
} from "../apps/dashboard/src/design/tokens.ts";
import { filesUnder, section, tableRows, textOf } from "./markdown.ts";

const text = textOf("docs/reference/design.md");
const rows = (heading: string) => tableRows(section(text, heading));
const px = (rem: number) => `${rem * 16} px`;

test("the colours by meaning are those of the code, with their contrasts", () => {
  const expected = TONE_NAMES.map((name) => {
    const shades = (["light", "dark"] as const).flatMap((scheme) => {
      const { mark, text: words, soft } = TONES[name][scheme];
      return [
        `\`${mark}\` ${contrast(mark, GROUND.body[scheme]).toFixed(1)}`,
        `\`${words}\` on \`${soft}\` ${contrast(words, soft).toFixed(1)}`,
      ];
    });
    return [name, TONES[name].meaning, ...shades];
  });
  expect(rows("Colours by meaning")).toEqual(expected);
});

test("the colours without a meaning are those of the code", () => {
  const expected = Object.entries(GROUND).map(([name, { light, dark }]) => [name, light, dark]);
  expect(rows("Colours without a meaning").map((row) => row.slice(0, 3))).toEqual(expected);
});

test("sizes and spaces are those of the code", () => {
  const sizes = Object.entries({ ...FONT_SIZES, ...HEADING_SIZES });
  expect(rows("Type").map((row) => row.slice(0, 2))).toEqual(
    sizes.map(([name, rem]) => [name, px(rem)]),
  );
  const steps = Object.keys(SPACING) as (keyof typeof SPACING)[];
  expect(rows("Space, corners, density")).toEqual(
    steps.map((name) => [name, px(SPACING[name]), px(RADIUS[name])]),
  );
  for (const [name, pixels] of Object.entries(DENSITY))
    expect(text).toContain(`\`${name}\`, ${pixels} px`);
});

test("every status has the colour of its meaning, and an icon of its own", () => {
  expect(rows("Statuses")).toEqual(CALL_STATUS_NAMES.map((name) => [name, toneOf(name)]));
  const icons = textOf("apps/dashboard/src/call/status-icon.ts").matchAll(/: (Icon\w+),/g);
  const names = [...icons].map(([, icon]) => icon);
  expect(names).toHaveLength(CALL_STATUS_NAMES.length);
  expect(new Set(names).size).toBe(names.length);
});

describe("the rules hold in the code", () => {
  const sources = filesUnder("apps/dashboard/src").filter(
    (file) => /\.(tsx?|css)$/.test(file) && !file.endsWith(".test.ts"),
  );
  const files = (pattern: RegExp, but: readonly string[] = []) =>
    sources.filter(
      (file) => !but.some((allowed) => file.endsWith(allowed)) && pattern.test(textOf(file)),
    );

  test("a colour is written only where the tokens are", () => {
    expect(files(/#[\da-f]{6}\b/i, ["design/tokens.ts", "style.css"])).toEqual([]);
  });

  test("every component of the page exists", () => {
    const named = [...section(text, "Components").matchAll(/`(components\/[\w/-]+\.tsx)`/g)];
    expect(named.length).toBeGreaterThan(8);
    const missing = named
      .map(([, file]) => file!)
      .filter((file) => files(/./).every((one) => !one.endsWith(file)));
    expect(missing).toEqual([]);
  });
});
