import { defineConfig, type MarkdownOptions } from "vitepress";

import { anchorOf } from "../page-links.ts";
import { siteGroups } from "../pages.ts";
import { readProduct } from "../product.ts";

const product = readProduct();
const groups = siteGroups();
const fileOf = new Map(
  groups.flatMap(({ pages }) => pages.map(({ target, file }) => [target, file] as const)),
);
const addressOf = (target: string) => `/${target.replace(/\.md$/, "")}`;
const { repository } = product;

export default defineConfig({
  title: product.name,
  description: product.summary,
  lang: "en",
  srcDir: "dist/pages",
  srcExclude: ["public/**"],
  outDir: "dist/html",
  cacheDir: "dist/cache",
  cleanUrls: false,
  head: [["link", { rel: "icon", href: "data:," }]],
  markdown: {
    anchor: { slugify: anchorOf },
    config: keepBraces,
    // The default ones miss WCAG's contrast.
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
  },
  // The page's file, for the link "Edit this page".
  transformPageData: (page) => ({ filePath: fileOf.get(page.relativePath) ?? page.filePath }),
  themeConfig: {
    siteTitle: product.name,
    nav: [
      { text: "Start", link: "/guides/start" },
      { text: "Place calls", link: "/guides/from-an-app" },
      { text: "Operate", link: "/guides/production" },
      { text: "Reference", link: "/reference/call-request" },
      { text: product.version, link: "/project/changelog" },
    ],
    sidebar: groups.map(({ title, pages }) => ({
      text: title,
      // With a link, the theme makes the heading no button: one around the button that folds the group could not be reached.
      link: addressOf(pages[0]!.target),
      collapsed: ["Reference", "Decisions"].includes(title),
      items: pages.map(({ name, target }) => ({ text: name, link: addressOf(target) })),
    })),
    outline: { level: [2, 3] },
    search: { provider: "local" },
    ...(repository !== undefined && {
      editLink: { pattern: `${repository}/edit/main/:path`, text: "Edit this page" },
      socialLinks: [{ icon: "github" as const, link: repository }],
    }),
    footer: { message: `${product.name} ${product.version}, MIT licence` },
  },
});

/** Code in a line of text stands as it is: Vue would take the placeholders of other programs, such as those in double braces, for its own. */
function keepBraces(markdown: Parameters<NonNullable<MarkdownOptions["config"]>>[0]): void {
  const { rules } = markdown.renderer;
  const render = rules.code_inline!;
  rules.code_inline = (tokens, index, ...rest) => {
    tokens[index]!.attrSet("v-pre", "");
    return render(tokens, index, ...rest);
  };
}
