// Opens pages of the built site in a browser and looks for serious faults of accessibility, by axe-core, in light and dark.
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";

import axe from "axe-core";
import { chromium, type Browser } from "playwright-core";

import { root } from "../docs/markdown.ts";
import { fileIn } from "../docs/site/built-links.ts";
import { chromiumProgram } from "../packages/testing/src/chromium.ts";

const SITE = path.join(root, "docs/site/dist/html");
/** One of each kind: the home page, commands with a language each, long tables, and code in every language. */
const PAGES = [
  "index.html",
  "guides/start.html",
  "reference/settings.html",
  "guides/from-an-app.html",
];
const SCHEMES = ["light", "dark"] as const;
const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
};

async function serve(): Promise<Server> {
  const has = fileIn(SITE);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://site.invalid");
    const file = decodeURIComponent(pathname).slice(1);
    if (!has(file) || file.includes("..")) return void response.writeHead(404).end();
    const type = TYPES[path.extname(file)] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type }).end(readFileSync(path.join(SITE, file)));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

/** Serious faults of one page as it looks in one colour scheme. */
async function faultsOf(browser: Browser, url: string, scheme: "light" | "dark") {
  const context = await browser.newContext({ colorScheme: scheme, reducedMotion: "reduce" });
  try {
    const page = await context.newPage();
    await page.goto(url);
    // The sidebar and the search button are there when the page has come to life.
    await page.locator("#local-search button").waitFor();
    await page.evaluate(axe.source);
    return await page.evaluate(async () => {
      const { axe: scanner } = globalThis as unknown as { axe: typeof axe };
      const { violations } = await scanner.run();
      return violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
    });
  } finally {
    await context.close();
  }
}

async function check(executablePath: string): Promise<string[]> {
  const server = await serve();
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  try {
    const { port } = server.address() as AddressInfo;
    const looks = PAGES.flatMap((page) => SCHEMES.map((scheme) => ({ page, scheme })));
    const found = await Promise.all(
      looks.map(async ({ page, scheme }) => {
        const faults = await faultsOf(browser, `http://127.0.0.1:${port}/${page}`, scheme);
        return [...new Set(faults)].map((fault) => `${page} (${scheme}): ${fault}`);
      }),
    );
    return found.flat();
  } finally {
    await browser.close();
    server.close();
  }
}

const program = chromiumProgram();
if (program === undefined) process.stdout.write("NOT RUN: there is no Chromium\n");
else {
  const faults = await check(program);
  process.stdout.write(
    `${faults.join("\n")}\n${PAGES.length} pages in ${SCHEMES.length} schemes, ${faults.length} serious faults\n`.trimStart(),
  );
  process.exitCode = faults.length === 0 ? 0 : 1;
}
