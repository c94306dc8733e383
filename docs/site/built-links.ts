import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** Links and sources of a built site that lead to nothing, as `page: target`. Pages are by their path from the site's root. */
export function deadLinks(
  pages: Readonly<Record<string, string>>,
  hasFile: (file: string) => boolean,
): string[] {
  const anchors = new Map(Object.entries(pages).map(([file, html]) => [file, idsIn(html)]));
  return Object.entries(pages).flatMap(([page, html]) =>
    targetsIn(html)
      .filter((target) => !leadsSomewhere(page, target))
      .map((target) => `${page}: ${target}`),
  );

  function leadsSomewhere(page: string, target: string): boolean {
    const url = new URL(target, `http://site.invalid/${page}`);
    if (url.host !== "site.invalid") return true;
    const file = fileOf(decodeURIComponent(url.pathname));
    if (!hasFile(file)) return false;
    const anchor = decodeURIComponent(url.hash.slice(1));
    return anchor === "" || anchors.get(file)?.has(anchor) !== false;
  }

  function fileOf(pathname: string): string {
    const plain = pathname.slice(1);
    if (plain === "" || plain.endsWith("/")) return `${plain}index.html`;
    return hasFile(plain) ? plain : `${plain}.html`;
  }
}

/** Addresses outside of the site that its pages load something from, such as fonts: none, for a site that works offline. */
export function outsideSources(pages: Readonly<Record<string, string>>): string[] {
  return Object.entries(pages).flatMap(([page, html]) => {
    const loaded = html.matchAll(/<(?:script|img|source|iframe)\b[^>]*?\ssrc="(https?:[^"]*)"/g);
    const linked = html.matchAll(/<link\b[^>]*?\shref="(https?:[^"]*)"/g);
    return [...loaded, ...linked].map(([, address]) => `${page}: ${address}`);
  });
}

/** The HTML files of a folder, by their path in it. */
export function builtPages(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const html = files.filter((file) => file.endsWith(".html") && file !== "404.html");
  return Object.fromEntries(
    html.map((file) => [file, readFileSync(path.join(folder, file), "utf8")]),
  );
}

/** Whether a folder has a file. */
export function fileIn(folder: string): (file: string) => boolean {
  return (file) => file !== "" && existsSync(path.join(folder, file));
}

function targetsIn(html: string): string[] {
  const found = html.matchAll(/<[a-z][^>]*?\s(?:href|src)="([^"]*)"/g);
  const targets = [...found].map(([, target]) => target!.replaceAll("&amp;", "&"));
  return targets.filter((target) => target !== "" && !/^(data|mailto|javascript):/.test(target));
}

function idsIn(html: string): Set<string> {
  return new Set([...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id!));
}
