import { expect, test } from "vitest";

import { filesUnder } from "../markdown.ts";
import { llmsTexts } from "./llms-text.ts";
import { SECTIONS } from "./navigation.ts";
import { anchorOf, withSiteLinks } from "./page-links.ts";
import { siteGroups, summaryOf, targetOf } from "./pages.ts";
import { webAddress } from "./product.ts";

const groups = siteGroups();
const pages = groups.flatMap((group) => group.pages);

test("the sidebar has every page of docs, once", () => {
  const files = ["guides", "reference", "decisions"].flatMap((folder) =>
    filesUnder(`docs/${folder}`),
  );
  const inSidebar = pages.map(({ file }) => file);
  expect(inSidebar).toEqual(expect.arrayContaining(files.filter((file) => file.endsWith(".md"))));
  expect(new Set(inSidebar).size).toBe(inSidebar.length);
  expect(new Set(pages.map(({ target }) => target)).size).toBe(pages.length);
});

test("a page that the sidebar does not name is at the end of its folder's group", () => {
  const without = SECTIONS.map((section) => ({
    ...section,
    entries: section.entries.filter(({ file }) => file !== "docs/guides/sign-in.md"),
  }));
  const operate = siteGroups(without).find(({ title }) => title === "Operate")!;
  expect(operate.pages.at(-1)).toMatchObject({
    file: "docs/guides/sign-in.md",
    name: "Sign in to the dashboard",
  });
});

test("the sidebar names no page that is not there", () => {
  const wrong = [{ title: "Start", entries: [{ file: "docs/guides/nowhere.md" }] }];
  expect(() => siteGroups(wrong)).toThrow("docs/guides/nowhere.md, which is not there");
});

test.each([
  ["docs/README.md", "overview.md"],
  ["docs/guides/start.md", "guides/start.md"],
  ["SECURITY.md", "project/security.md"],
  ["packages/client/README.md", "project/packages-client.md"],
])("%s is %s on the site", (file, target) => {
  expect(targetOf(file)).toBe(target);
});

const targets = {
  pages: new Map([
    ["docs/guides/start.md", "guides/start.md"],
    ["examples/README.md", "project/examples.md"],
  ]),
  repository: undefined,
};

test.each([
  ["[Start](start.md#next)", "[Start](/guides/start.md#next)"],
  ["[Examples](../../examples)", "[Examples](/project/examples.md)"],
  ["![Calls](../images/calls-390.png)", "![Calls](/images/calls-390.png)"],
  ["[`main`](../../README.md) and more", "`main` and more"],
  ["[there](https://example.com) [here](#below)", "[there](https://example.com) [here](#below)"],
  ["```md\n[a](b.md)\n```", "```md\n[a](b.md)\n```"],
])("%s leads to where the site has it", (text, expected) => {
  expect(withSiteLinks("docs/guides/operate.md", text, targets)).toBe(expected);
});

test("with a known repository, other files are shown there", () => {
  const known = { ...targets, repository: "https://code.example/call-log" };
  const text = "[a](../../README.md#start) [b](../../bench)";
  expect(withSiteLinks("docs/guides/operate.md", text, known)).toBe(
    "[a](https://code.example/call-log/blob/main/README.md#start) [b](https://code.example/call-log/tree/main/bench)",
  );
});

test.each([
  ["Calls to one number", "calls-to-one-number"],
  ["1. The folder", "1-the-folder"],
  ["The queue `call-requests`", "the-queue-call-requests"],
  ["OneUptime's clients", "oneuptimes-clients"],
])("%s has the anchor that GitHub gives it", (heading, anchor) => {
  expect(anchorOf(heading)).toBe(anchor);
});

test.each([
  ["git+https://github.com/shop/call-log.git", "https://github.com/shop/call-log"],
  ["github:shop/call-log", "https://github.com/shop/call-log"],
  ["git@code.example:shop/call-log.git", "https://code.example/shop/call-log"],
  [undefined, undefined],
])("the repository %s is read at %s", (url, address) => {
  expect(webAddress(url)).toBe(address);
});

test("llms.txt has the product, and every page with its address and what it is about", () => {
  const { index, full } = llmsTexts({ name: "call-log", summary: "Places calls." }, groups);
  expect(index).toMatch(
    /^# call-log\n\n> Places calls\.\n\n## Start\n\n- \[Start in five minutes\]\(/,
  );
  const lines = index.split("\n").filter((line) => line.startsWith("- "));
  expect(lines).toHaveLength(pages.length);
  for (const line of lines) expect(line).toMatch(/^- \[.+\]\(\/[\w./-]+\.md\): \S.{20,}$/);
  for (const { text } of pages) expect(full).toContain(text.trim());
});

test("what a page is about is its first paragraph, as plain text", () => {
  const text = "# Page\n\n```json\n{}\n```\n\nCalls **many**\n[numbers](a.md) of `A_B`.\n\nMore.\n";
  expect(summaryOf(text)).toBe("Calls many numbers of `A_B`.");
});
