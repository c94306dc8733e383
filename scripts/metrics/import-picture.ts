import type { ImportGraph } from "./imports.ts";

/** Who imports whom, among groups of files. */
export type GroupGraph = ReadonlyMap<string, readonly string[]>;

/** What a picture shows: a name for its heading, and the group of each file; a file without one is left out. */
export interface Picture {
  title: string;
  groupOf: (file: string) => string | undefined;
}

/** The pictures of ARCHITECTURE.md. */
export const PICTURES: readonly Picture[] = [
  { title: "packages and apps", groupOf: (file) => file.split("/")[1] },
  { title: "folders of the dispatcher", groupOf: foldersOf("packages/dispatcher/src") },
  { title: "folders of the store", groupOf: foldersOf("packages/store/src") },
];

// Files beside the folders only connect them, or are small things that all of them share.
function foldersOf(folder: string): Picture["groupOf"] {
  return (file) => {
    if (!file.startsWith(`${folder}/`)) return undefined;
    const [first, ...rest] = file.slice(folder.length + 1).split("/");
    return rest.length === 0 ? undefined : first;
  };
}

/** The imports among groups; an import within a group counts for nothing. */
export function groupGraph(graph: ImportGraph, groupOf: Picture["groupOf"]): GroupGraph {
  const groups = new Map<string, Set<string>>();
  for (const [file, targets] of graph) {
    const from = groupOf(file);
    if (from === undefined) continue;
    const found = groups.get(from) ?? new Set();
    groups.set(from, found);
    for (const to of targets.map(groupOf)) if (to !== undefined && to !== from) found.add(to);
  }
  return new Map([...groups].map(([from, to]) => [from, [...to].toSorted()]));
}

/** Without the arrows that others imply: an import stays where no way of arrows leads there. */
export function withoutImplied(graph: GroupGraph): GroupGraph {
  const kept = new Map([...graph].map(([from, to]) => [from, [...to]]));
  for (const [from, targets] of graph)
    for (const target of targets) {
      const others = kept.get(from)!.filter((name) => name !== target);
      if (leadsTo({ graph: kept, start: others, target, without: from })) kept.set(from, others);
    }
  return kept;
}

interface Way {
  graph: GroupGraph;
  start: readonly string[];
  target: string;
  without: string;
}

function leadsTo({ graph, start, target, without }: Way): boolean {
  const seen = new Set([without]);
  const open = [...start];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === target) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    open.push(...(graph.get(at) ?? []));
  }
  return false;
}

/** A picture as a block of Mermaid, the importing group above. */
export function mermaidBlock({ title }: Picture, graph: GroupGraph): string {
  const names = [...graph.keys()].toSorted();
  const arrows = names.flatMap((from) => graph.get(from)!.map((to) => `  ${from} --> ${to}`));
  const imported = new Set([...graph.values()].flat());
  const alone = names.filter((name) => !imported.has(name) && graph.get(name)!.length === 0);
  const lines = [`%% ${title}`, "flowchart TD", ...arrows, ...alone.map((name) => `  ${name}`)];
  return ["```mermaid", ...lines, "```"].join("\n");
}

/** The block of a picture in a page; undefined where the page has none. */
export function blockIn(page: string, { title }: Picture): string | undefined {
  return new RegExp(`^\`\`\`mermaid\\n%% ${title}\\n[^]*?^\`\`\`$`, "m").exec(page)?.[0];
}
