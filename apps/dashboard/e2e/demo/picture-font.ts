import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import type { Page } from "playwright-core";

/** A font of the test's own packages, so that a page is drawn alike on machines with other fonts. */
const FILE = "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2";

/** Draws the page in the font of the pictures until it is loaded again. */
export async function usePictureFont(page: Page): Promise<void> {
  const font = await readFile(fileURLToPath(import.meta.resolve(FILE)), "base64");
  await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0)!);
    const face = new FontFace("Pictures", bytes, { weight: "100 900" });
    document.fonts.add(await face.load());
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`:root:root:root {
      --mantine-font-family: Pictures, sans-serif;
      --mantine-font-family-headings: Pictures, sans-serif;
      --mantine-font-family-monospace: Pictures, monospace;
    }
    code { font-family: Pictures, monospace; }`);
    document.adoptedStyleSheets = [sheet];
    await document.fonts.ready;
  }, font);
}
