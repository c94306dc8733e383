import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** A source file of the checkout; `file` is its path from the root, with slashes. */
export interface SourceFile {
  file: string;
  text: string;
  lines: number;
  /** Product code is what ships; the rest are tests, fixtures, benchmarks and scripts. */
  product: boolean;
}

const FOLDERS = ["packages", "apps", "bench", "chaos", "examples", "docs", "scripts"];
const SKIPPED = new Set(["node_modules", "dist", "coverage", ".turbo"]);
const TEST_FILE = /\.(test|contract|bench)\.tsx?$|\/(testing|e2e|test)\//;

/** TypeScript files of a checkout, sorted by path. */
export function sourceFiles(root: string): SourceFile[] {
  return FOLDERS.flatMap((folder) => typescriptUnder(root, folder))
    .toSorted()
    .map((file) => sourceFile(root, file));
}

function sourceFile(root: string, file: string): SourceFile {
  const text = readFileSync(path.join(root, file), "utf8");
  const product =
    /^(packages|apps)\/[^/]+\/src\//.test(file) &&
    !file.startsWith("packages/testing/") &&
    !TEST_FILE.test(file);
  return { file, text, lines: text.split("\n").length - 1, product };
}

function typescriptUnder(root: string, folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const inside = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : typescriptUnder(root, inside);
    return /\.tsx?$/.test(entry.name) ? [inside] : [];
  });
}
