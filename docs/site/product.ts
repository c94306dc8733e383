import { textOf } from "../markdown.ts";

interface Manifest {
  description: string;
  repository?: string | { url: string };
}

/** What the site says of the product: its name, sentence and release, and where its repository can be read, if that is known. */
export interface Product {
  name: string;
  summary: string;
  version: string;
  repository: string | undefined;
}

/** The product, from the packages' manifests. */
export function readProduct(): Product {
  const { description, repository } = JSON.parse(textOf("package.json")) as Manifest;
  const { version } = JSON.parse(textOf("apps/cli/package.json")) as { version: string };
  const url = typeof repository === "string" ? repository : repository?.url;
  return { name: "call-log", summary: description, version, repository: webAddress(url) };
}

/** Address of a repository for a browser, from the forms that a manifest may have. */
export function webAddress(url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  const plain = url.replace(/^git\+/, "").replace(/\.git$/, "");
  return plain
    .replace(/^github:/, "https://github.com/")
    .replace(/^(git@|ssh:\/\/git@)([^:/]+)[:/]/, "https://$2/");
}
