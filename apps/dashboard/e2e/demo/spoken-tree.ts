import type { Page } from "playwright-core";

/** What is different on each run: times of now, ages, ids, lengths in milliseconds, addresses. */
const PASSING: readonly [RegExp, string][] = [
  [/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "(id)"],
  [/\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?(\.\d+)?/g, "(time)"],
  [/\b\d\d:\d\d:\d\d\b/g, "(time)"],
  [/\b(in )?\d+ (s|min|h|days?)( ago)?\b/g, "(span)"],
  [/\b\d+(\.\d+)? ms\b/g, "(span)"],
  [/127\.0\.0\.1:\d+/g, "(address)"],
];

/** What a screen reader finds on the page, in words, without what differs on each run. */
export async function spokenTree(page: Page): Promise<string> {
  const tree = await page.locator("main").ariaSnapshot();
  return `${PASSING.reduce((text, [pattern, by]) => text.replace(pattern, by), tree)}\n`;
}
