import { readdir, readFile } from "node:fs/promises";

/** Of a second, what `/proc` counts in (`getconf CLK_TCK`). */
const TICKS_PER_SECOND = 100;

interface ProcessStat {
  name: string;
  /** Processor time of the process with all its threads, and of its children that have ended, in seconds. */
  cpuSeconds: number;
}

// proc(5): the name in brackets may hold spaces; after it, from field 3 on, utime, stime, cutime and cstime are fields 14 to 17.
async function statOf(pid: string | number): Promise<ProcessStat> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  const [open, close] = [stat.indexOf("("), stat.lastIndexOf(")")];
  const ticks = stat
    .slice(close + 2)
    .split(" ")
    .slice(11, 15)
    .map(Number);
  return {
    name: stat.slice(open + 1, close),
    cpuSeconds: ticks.reduce((sum, count) => sum + count, 0) / TICKS_PER_SECOND,
  };
}

/** Processor time that a process has used so far, in seconds. Linux alone. */
export async function cpuSecondsOf(pid: number): Promise<number> {
  const { cpuSeconds } = await statOf(pid);
  return cpuSeconds;
}

/** Processor time of all processes with one of these names, in seconds. */
export async function cpuSecondsOfNamed(names: readonly string[]): Promise<number> {
  const pids = (await readdir("/proc")).filter((entry) => /^\d+$/.test(entry));
  // A process may end between being listed and being read.
  const stats = await Promise.all(pids.map((pid) => statOf(pid).catch(() => undefined)));
  return stats.reduce(
    (sum, stat) => (stat !== undefined && names.includes(stat.name) ? sum + stat.cpuSeconds : sum),
    0,
  );
}

/** Memory of a process that is in RAM, in MiB. */
export function residentMiB(pid: number): Promise<number> {
  return memoryMiB(pid, "VmRSS");
}

/** Of that its own: without pages of files, which the kernel can drop at any time. */
export function ownMiB(pid: number): Promise<number> {
  return memoryMiB(pid, "RssAnon");
}

async function memoryMiB(pid: number, name: "VmRSS" | "RssAnon"): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1]) / 1024;
}
