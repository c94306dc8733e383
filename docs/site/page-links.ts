import { statSync } from "node:fs";
import path from "node:path";

import { root } from "../markdown.ts";

/** Which pages the site has, by their file, and where the repository can be read, if that is known. */
export interface LinkTargets {
  pages: ReadonlyMap<string, string>;
  repository: string | undefined;
}

const IMAGES = "docs/images/";
const LINK = /(!?)\[((?:[^[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)/g;

/**
 * Text of a page with its links as the site needs them: to other pages of the site, to its images, and to the repository for everything
 * else. Without a known repository such a link becomes plain text.
 */
export function withSiteLinks(file: string, text: string, targets: LinkTargets): string {
  const parts = text.split(/(^```.*?^```$)/gms);
  const rewritten = (match: string, ...groups: string[]): string => {
    const [mark, shown, target] = groups as [string, string, string];
    if (/^(https?:|mailto:|#)/.test(target)) return match;
    const address = addressOf(file, target, targets);
    return address === undefined ? shown : `${mark}[${shown}](${address})`;
  };
  return parts
    .map((part) => (part.startsWith("```") ? part : part.replace(LINK, rewritten)))
    .join("");
}

function addressOf(file: string, target: string, targets: LinkTargets): string | undefined {
  const [relative = "", anchor] = target.split("#");
  const inCheckout = path.posix.join(path.posix.dirname(file), relative);
  const page = targets.pages.get(inCheckout) ?? targets.pages.get(`${inCheckout}/README.md`);
  if (page !== undefined) return `/${page}${anchor === undefined ? "" : `#${anchor}`}`;
  if (inCheckout.startsWith(IMAGES)) return `/images/${inCheckout.slice(IMAGES.length)}`;
  if (targets.repository === undefined) return undefined;
  const kind = statSync(path.join(root, inCheckout)).isDirectory() ? "tree" : "blob";
  return `${targets.repository}/${kind}/main/${inCheckout}${anchor === undefined ? "" : `#${anchor}`}`;
}

/** Anchor of a heading, as GitHub makes it, so that one link works on both. */
export function anchorOf(heading: string): string {
  const kept = heading.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, "");
  return kept.trim().replace(/\s/g, "-");
}
