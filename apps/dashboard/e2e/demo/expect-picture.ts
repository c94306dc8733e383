import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

import type { Page } from "playwright-core";
import { expect } from "vitest";

import { comparePictures } from "./compare-pictures.ts";
import { usePictureFont } from "./picture-font.ts";

/** Pictures of docs/, which the screens are compared with. */
const PICTURES = fileURLToPath(new URL("../../../../docs/images/", import.meta.url));
/** Share of a picture that may differ: other browsers draw an edge elsewhere, and some times are of now. */
const TOLERANCE = 0.03;
/** Where CI keeps what it needs to explain a failure. */
const REPORTS = process.env["TEST_REPORTS"];

/** The page looks as its picture in docs/images/ does, or is that picture from now on (with SCREENSHOTS=1). */
export async function expectPicture(page: Page, name: string): Promise<void> {
  await usePictureFont(page);
  const present = await page.screenshot({ animations: "disabled", caret: "hide" });
  const file = path.join(PICTURES, `${name}.png`);
  if (process.env["SCREENSHOTS"]) return writeFile(file, present);
  expect(existsSync(file), `docs/images/${name}.png is missing: SCREENSHOTS=1 makes it`).toBe(true);
  const old = await readFile(file);
  const blank = await page.context().newPage();
  const { share, sizes } = await comparePictures(blank, [old, present]);
  await blank.close();
  if (share > TOLERANCE && REPORTS !== undefined)
    await writeFile(path.join(REPORTS, `picture-${name}.png`), present);
  expect(share, `docs/images/${name}.png (${sizes}); SCREENSHOTS=1 makes it again`).toBeLessThan(
    TOLERANCE,
  );
  return undefined;
}
