import type { Page } from "playwright-core";

/** Attributes that people read or hear. */
const READ = ["aria-label", "aria-description", "title", "placeholder", "alt"];

/** Numbers, units, dates, ids, addresses and names of zones: alike in every language. */
const ALIKE =
  /^(?:[^\p{L}]|\b(?:s|min|h|d|ms|UTC|Z|K|sec|hr|day|mo|yr|ago|in|now|CSV|Ctrl|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\w*|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*)\b|\b[\w.-]+\/[\w/.-]+|\b[0-9a-f]+-[0-9a-f-]+)*$/u;

/**
 * What a page in the pseudo-language shows outside of the brackets that mark texts of the catalogue; `data` are texts of the
 * test itself, such as names and spoken texts.
 */
export async function untranslated(page: Page, data: RegExp): Promise<string[]> {
  const texts = await page.evaluate(textsOutside, READ);
  return [...new Set(texts)].filter((text) => !ALIKE.test(text) && !data.test(text));
}

/** English words that no German sentence has. */
const ENGLISH =
  /\b(?:the|and|of|is|are|were|not|with|calls?|by|from|this|that|which|yes|since|until|at|on|to|for|has|have|be|you|your|its?|The|This|Not|No|Calls?|All|You|Your|Show|Select|Open)\b/;

/** What a German page shows that has an English word; `data` as for `untranslated`. */
export async function englishTexts(page: Page, data: RegExp): Promise<string[]> {
  const texts = await page.evaluate(textsOutside, READ);
  return [...new Set(texts)].filter((text) => ENGLISH.test(text) && !data.test(text));
}

/** In the page: its texts in their order, and its attributes, without what stands between ⟦ and ⟧. */
function textsOutside(attributes: readonly string[]): string[] {
  const found: string[] = [];
  let depth = 0;
  const outside = (text: string) =>
    Array.from(text)
      .filter((one) => {
        if (one === "⟦") depth += 1;
        const isOutside = depth === 0;
        if (one === "⟧") depth -= 1;
        return isOutside;
      })
      .join("")
      .trim();
  const add = (text: string) => {
    const rest = outside(text);
    if (rest !== "") found.push(rest);
  };
  const visit = (element: Element) => {
    if (element.matches("script, style, code, pre, [data-raw], [data-zone]")) return;
    const before = depth;
    depth = 0;
    for (const name of attributes) add(element.getAttribute(name) ?? "");
    depth = before;
    for (const child of element.childNodes) {
      if (child instanceof Element) visit(child);
      else if (child.nodeType === Node.TEXT_NODE) add(child.textContent ?? "");
    }
  };
  visit(document.body);
  return found;
}
