import { cyclesOf, importGraph } from "./imports.ts";
import { longFunctions } from "./long-functions.ts";
import { type SourceFile, sourceFiles } from "./source-files.ts";

/** The shape of the product's code: sizes in lines, blank lines and comments included where not said otherwise. */
export interface CodeMetrics {
  files: number;
  lines: number;
  median: number;
  biggest: { file: string; lines: number };
  /** Files with more than 300 lines. */
  longFiles: string[];
  /** One entry a function with more than 60 lines of code. */
  longFunctions: string[];
  /** Over all files, tests and types included. */
  cycles: string[][];
  embeddedMongoLines: number;
  otherFiles: number;
  otherLines: number;
}

/** Measures a checkout. */
export function codeMetrics(root: string): CodeMetrics {
  const all = sourceFiles(root);
  const product = all.filter((file) => file.product);
  const names = new Set(product.map(({ file }) => file));
  const bySize = product.toSorted((a, b) => a.lines - b.lines);
  const others = all.filter((file) => !file.product);
  return {
    files: product.length,
    lines: linesIn(product),
    median: bySize[Math.floor(bySize.length / 2)]!.lines,
    biggest: bySize.at(-1)!,
    longFiles: product.filter(({ lines }) => lines > 300).map(({ file }) => file),
    longFunctions: longFunctions(root).filter((file) => names.has(file)),
    cycles: cyclesOf(importGraph(all)),
    embeddedMongoLines: linesIn(
      product.filter(({ file }) => file.startsWith("packages/embedded-mongo/")),
    ),
    otherFiles: others.length,
    otherLines: linesIn(others),
  };
}

function linesIn(files: readonly SourceFile[]): number {
  return files.reduce((total, { lines }) => total + lines, 0);
}
