import { type PageGroup, summaryOf } from "./pages.ts";

/** What a language model is given of the site. Form: https://llmstxt.org. */
export interface LlmsTexts {
  /** Every page with its address and a sentence. */
  index: string;
  /** Every page whole. */
  full: string;
}

const LONGEST_SUMMARY = 200;

/** `llms.txt` and `llms-full.txt` of these pages; each page is served as Markdown beside its HTML. */
export function llmsTexts(
  product: { name: string; summary: string },
  groups: readonly PageGroup[],
): LlmsTexts {
  const head = `# ${product.name}\n\n> ${product.summary}\n`;
  const lists = groups.map(({ title, pages }) => {
    const lines = pages.map(
      (page) => `- [${page.title}](/${page.target}): ${shortened(summaryOf(page.text))}`,
    );
    return `\n## ${title}\n\n${lines.join("\n")}\n`;
  });
  const whole = groups.flatMap(({ pages }) =>
    pages.map((page) => `\n<!-- /${page.target} -->\n\n${page.text.trim()}\n`),
  );
  return { index: head + lists.join(""), full: head + whole.join("") };
}

// Whole sentences, as many as fit; a longer first one is cut at a word.
function shortened(text: string): string {
  if (text.length <= LONGEST_SUMMARY) return text;
  const cut = text.slice(0, LONGEST_SUMMARY);
  const end = Math.max(cut.lastIndexOf(". "), cut.lastIndexOf("? "));
  return end > 0 ? cut.slice(0, end + 1) : `${cut.slice(0, cut.lastIndexOf(" "))} …`;
}
