import path from "node:path";

import type { SourceFile } from "./source-files.ts";

/** What a file imports: for each file, the files of the checkout that it names, types included. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

const STATEMENT = /^(?:import|export)\b(?:[^;"'`]*?\bfrom)?\s*"([^"]+)"/gm;
const EXPRESSION = /\bimport\(\s*"([^"]+)"\s*\)/g;

/** Specifiers of all imports and re-exports of a source text, types and dynamic imports included. */
export function importedBy(text: string): string[] {
  return [...text.matchAll(STATEMENT), ...text.matchAll(EXPRESSION)].map(
    ([, specifier]) => specifier!,
  );
}

/** The imports among these files; a package's name stands for its index. */
export function importGraph(files: readonly SourceFile[]): ImportGraph {
  const known = new Set(files.map(({ file }) => file));
  return new Map(
    files.map(({ file, text }) => [
      file,
      [...new Set(importedBy(text).flatMap((specifier) => resolved({ file, specifier, known })))],
    ]),
  );
}

function resolved({ file, specifier, known }: ImportOf): string[] {
  const target = specifier.startsWith(".")
    ? path.posix.join(path.posix.dirname(file), specifier)
    : packageIndex(specifier);
  return known.has(target) ? [target] : [];
}

interface ImportOf {
  file: string;
  specifier: string;
  known: ReadonlySet<string>;
}

// `@call-log/client/queue` is an entry of its own: `src/queue.ts` or `src/queue/index.ts`.
function packageIndex(specifier: string): string {
  const [, name, entry] = /^@call-log\/([^/]+)(?:\/(.+))?$/.exec(specifier) ?? [];
  if (name === undefined) return "";
  const room = ["api", "worker", "cli", "dashboard", "standalone"].includes(name)
    ? "apps"
    : "packages";
  return `${room}/${name}/src/${entry ?? "index"}.ts`;
}

/** Groups of files that import each other in a circle (strongly connected components, by Tarjan). */
export function cyclesOf(graph: ImportGraph): string[][] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const cycles: string[][] = [];
  const visit = (file: string) => {
    order.set(file, order.size);
    low.set(file, order.get(file)!);
    stack.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!order.has(next)) visit(next);
      if (stack.includes(next)) low.set(file, Math.min(low.get(file)!, low.get(next)!));
    }
    if (low.get(file) !== order.get(file)) return;
    const group = stack.splice(stack.indexOf(file));
    if (group.length > 1 || graph.get(file)?.includes(file) === true) cycles.push(group.toSorted());
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return cycles;
}
