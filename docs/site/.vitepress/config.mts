import { defineConfig } from "vitepress";

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
  markdown: { anchor: { slugify: anchorOf } },
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
