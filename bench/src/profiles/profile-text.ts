import { z } from "zod";

/** What is used of a profile as V8 writes it (`--cpu-prof`). */
export const cpuProfile = z.object({
  nodes: z.array(
    z.object({
      id: z.number(),
      callFrame: z.object({ functionName: z.string(), url: z.string(), lineNumber: z.number() }),
    }),
  ),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
});

/** A profile. */
export type CpuProfile = z.output<typeof cpuProfile>;

/** Time that is no work of the process. */
const IDLE = new Set(["(idle)", "(root)"]);
const MODULES = 15;
const FUNCTIONS = 30;

/** Where the time went: the share of each module, and of the functions with the most, each without what it called. */
export function profileText({ nodes, samples, timeDeltas }: CpuProfile): string {
  const byId = new Map(nodes.map((node) => [node.id, node.callFrame]));
  const modules = new Map<string, number>();
  const functions = new Map<string, number>();
  let busy = 0;
  samples.forEach((id, index) => {
    const frame = byId.get(id);
    if (frame === undefined || IDLE.has(frame.functionName)) return;
    const time = timeDeltas[index] ?? 0;
    const module = moduleOf(frame.url, frame.functionName);
    const name = `${frame.functionName || "(anonymous)"}  ${placeOf(frame.url, frame.lineNumber)}`;
    busy += time;
    modules.set(module, (modules.get(module) ?? 0) + time);
    functions.set(name, (functions.get(name) ?? 0) + time);
  });
  const share = ([name, time]: [string, number]) =>
    `${((100 * time) / busy).toFixed(1).padStart(5)} %  ${name.trimEnd()}`;
  return [
    "by module:",
    ...descending(modules).slice(0, MODULES).map(share),
    "",
    "by function:",
    ...descending(functions).slice(0, FUNCTIONS).map(share),
  ].join("\n");
}

function descending(times: ReadonlyMap<string, number>): [string, number][] {
  return [...times].toSorted(([, a], [, b]) => b - a);
}

function moduleOf(url: string, functionName: string): string {
  if (url === "") return functionName.startsWith("(") ? functionName : "native code";
  if (url.startsWith("node:")) return "node";
  const dependency = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  return dependency ?? /\/((?:packages|apps|bench)\/?[^/]*)\/dist\//.exec(url)?.[1] ?? url;
}

function placeOf(url: string, line: number): string {
  const file = /(?:node_modules|packages|apps|bench)\/(.*)$/.exec(url)?.[1] ?? url;
  return file === "" ? "" : `${file.replace(/^.*node_modules\//, "")}:${line + 1}`;
}
