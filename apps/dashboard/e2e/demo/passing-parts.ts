import type { Page } from "playwright-core";

import { NIGHT } from "./night-clock.ts";

/** What differs on each run: where it is on a page, which of its words, and what a picture has in their place. */
const PASSING: readonly (readonly [where: string, words: RegExp, alike: string])[] = [
  ['section[aria-label="Servers"] .number', /\d+/, "3"],
  ["[data-worker] p", /^.+, process \d+/, "worker-1, process 4711"],
  ["[data-worker] p", /alive for [^;]+/, "alive for 32 s"],
  ["[data-source] p", /127\.0\.0\.1:\d+/, "127.0.0.1:3000"],
];

/** Longest time, in milliseconds, that a run takes until the picture of what it wrote. */
const RUN_MS = 600_000;

/**
 * Writes what differs on each run alike, so that its place, colour and letters are compared, too. The run began at `begunAt` by
 * the clock of the product; its times are written as if that had been the night of the pictures, and nothing had taken any time.
 */
export async function writePassingAlike(page: Page, begunAt: Date): Promise<void> {
  const [begun, night] = [begunAt.getTime(), NIGHT.getTime()];
  await page.evaluate(writeAlike, { passing: PASSING, begun, night, run: RUN_MS });
}

interface Alike {
  passing: typeof PASSING;
  /** Milliseconds since 1970. */
  begun: number;
  night: number;
  run: number;
}

/** In the page, whose times are `24 Nov 2026 03:26:01, 3 min ago`. */
function writeAlike({ passing, begun, night, run }: Alike): void {
  const hour = 3_600_000;
  const replace = (element: Element, words: RegExp, alike: (found: string) => string) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
      if (words.test(node.nodeValue!)) node.nodeValue = node.nodeValue!.replace(words, alike);
  };
  for (const [where, words, alike] of passing)
    for (const element of document.querySelectorAll(where)) replace(element, words, () => alike);
  for (const time of document.querySelectorAll("time")) {
    // A session ends hours after it began.
    const since = Date.parse(time.dateTime) - begun;
    if (!(since >= 0 && since % hour < run)) continue;
    const at = night + since - (since % hour);
    const day = new Date(at).toLocaleDateString("en-GB", { dateStyle: "medium" });
    const clock = new Date(at).toLocaleTimeString("en-GB");
    replace(time, /\d+ \w+ \d{4}/, () => day);
    replace(time, /\d\d:\d\d(:\d\d)?/, ({ length }) => clock.slice(0, length));
    const minutes = Math.floor((Date.now() - at) / 60_000);
    replace(time, /\d+ (s|min)\b/, () => `${minutes} min`);
    replace(time, /\d+ (Sekunden|Minuten?)\b/, () => `${minutes} Minuten`);
  }
}
