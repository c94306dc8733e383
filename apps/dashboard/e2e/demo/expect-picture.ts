import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

import type { Page } from "playwright-core";
import { expect } from "vitest";

import { differences } from "./compare-pictures.ts";
import { NIGHT } from "./night-clock.ts";
import { writePassingAlike } from "./passing-parts.ts";
import { usePictureFont } from "./picture-font.ts";

/** Pictures of docs/, which the screens are compared with. */
const PICTURES = fileURLToPath(new URL("../../../../docs/images/", import.meta.url));
/** Where CI keeps what it needs to explain a failure. */
const REPORTS = process.env["TEST_REPORTS"];
/** Time for a page to come to rest, in milliseconds. */
const REST_MS = 20_000;

/**
 * The page looks as its picture in docs/images/ does, or is that picture from now on (with SCREENSHOTS=1). `begunAt` is when the
 * run began by the clock of the product: times from then on differ on each run.
 */
export async function expectPicture(page: Page, name: string, begunAt = NIGHT): Promise<void> {
  const file = path.join(PICTURES, `${name}.png`);
  if (process.env["SCREENSHOTS"]) return writeFile(file, await pictureAtRest(page, begunAt));
  expect(existsSync(file), `docs/images/${name}.png is missing: SCREENSHOTS=1 makes it`).toBe(true);
  const old = await readFile(file);
  const canvas = await page.context().newPage();
  let present: Buffer = old;
  const found = async () => {
    present = await pictureAtRest(page, begunAt);
    return differences(canvas, [old, present]);
  };
  try {
    const message = `docs/images/${name}.png; SCREENSHOTS=1 makes it again`;
    // What comes late under load is waited for; a break stays.
    await expect.poll(found, { message, timeout: REST_MS }).toEqual([]);
  } catch (error) {
    if (REPORTS !== undefined) await writeFile(path.join(REPORTS, `picture-${name}.png`), present);
    throw error;
  } finally {
    await canvas.close();
  }
  return undefined;
}

/** A picture of the page as soon as two in a row are equal. */
export async function pictureAtRest(page: Page, begunAt = NIGHT): Promise<Buffer> {
  await usePictureFont(page);
  let last: Buffer = Buffer.alloc(0);
  const isAtRest = async () => {
    await writePassingAlike(page, begunAt);
    const before = last;
    last = await page.screenshot({ animations: "disabled", caret: "hide" });
    return last.equals(before);
  };
  await expect.poll(isAtRest, { message: "the page moves", timeout: REST_MS }).toBe(true);
  return last;
}
