import { expect, test } from "vitest";

import { deadLinks, outsideSources } from "./built-links.ts";

const PAGES = {
  "index.html":
    '<a href="/guides/start.html#next">Start</a><a href="/guides/start">Start</a><a href="#top"></a><p id="top">',
  "guides/start.html":
    '<h2 id="next">Next</h2><a href="../">Home</a><img src="/images/a.png"><a href="https://example.com/x">',
};
const has = (file: string) => file in PAGES || file === "images/a.png";

test("links to pages, anchors, files and other sites are alive", () => {
  expect(deadLinks(PAGES, has)).toEqual([]);
});

test.each([
  ["a page that is not there", '<a href="/guides/stop.html">', "/guides/stop.html"],
  [
    "an anchor that is not there",
    '<a class="x" href="/guides/start.html#later">',
    "/guides/start.html#later",
  ],
  ["an anchor of the page itself", '<a href="#bottom">', "#bottom"],
  ["an image that is not there", '<img alt="" src="/images/b.png">', "/images/b.png"],
])("%s is found", (_, html, target) => {
  const pages = { ...PAGES, "index.html": `<p id="top">${html}` };
  expect(deadLinks(pages, has)).toEqual([`index.html: ${target}`]);
});

test("what is loaded from another site is found, links to it are not", () => {
  const html =
    '<a href="https://a.example"></a><link rel="preload" href="https://b.example/f.woff2"><script src="https://c.example/s.js">';
  expect(outsideSources({ "index.html": html })).toEqual([
    "index.html: https://c.example/s.js",
    "index.html: https://b.example/f.woff2",
  ]);
});
