import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { mountLayers, type Image } from "./build-image.ts";
import { run } from "./command.ts";

/** How a container is started. */
export interface Start {
  name: string;
  /** Command of the image's entry point; without it, the image's own. */
  command?: readonly string[];
  environment?: Readonly<Record<string, string>>;
  /** Folders of the machine, by the paths at which the container may write to them. */
  volumes: Readonly<Record<string, string>>;
}

/** A running container. */
export interface Container {
  process: ChildProcess;
  /** What it has printed so far. */
  printed: () => string;
  /** Run a command in it, as `docker exec` does; gives its exit code and what it printed. */
  exec: (command: readonly string[]) => { status: number | null; text: string };
  /** Send SIGTERM to its process 1; resolves to its exit code. */
  stop: () => Promise<number | null>;
}

// As in docker-compose.yml: read_only, cap_drop: [ALL], no-new-privileges.
const CONFINED = ["--clear-groups", "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"];

/** Start a container of an image, its process 1 in namespaces of its own: the root is read-only, only /tmp and the volumes can be written. */
export function startContainer(image: Image, folder: string, start: Start): Container {
  const root = mountLayers(path.join(folder, `run-${start.name}`), image.layers);
  const { config } = image;
  const [user, group] = config.user.split(":");
  const environment = { HOME: "/tmp", ...config.environment, ...start.environment };
  const confined = ["setpriv", `--reuid=${user}`, `--regid=${group}`, ...CONFINED];
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  const inside = [...confined, "env", "-i", "-C", config.workingDirectory, ...variables];
  const mounts = Object.entries(start.volumes).map(([target, source]) => {
    mkdirSync(source, { recursive: true });
    run("chown", `${user}:${group}`, source);
    return `mount --bind "${source}" "$ROOT${target}"`;
  });
  const script = [
    'mount -t proc proc "$ROOT/proc"',
    'mount -t tmpfs -o mode=1777 tmp "$ROOT/tmp"',
    'mount --rbind /dev "$ROOT/dev"',
    ...mounts,
    'exec chroot "$ROOT" "$@"',
  ].join("\n");
  const isolated = ["--mount", "--pid", "--fork", "--kill-child"];
  const own = ["env", `ROOT=${root}`, "sh", "-euc", script, "--", ...inside];
  const command = [...config.entrypoint, ...(start.command ?? config.command)];
  const child = spawn("unshare", [...isolated, ...own, ...command], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => printed.push(chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return {
    process: child,
    printed: () => printed.join(""),
    exec: (words) => {
      const first = firstProcess(child);
      if (first === undefined) return { status: null, text: "it has no process yet" };
      const entered = ["--target", `${first}`, "--mount", "--pid", "--root"];
      const result = spawnSync("nsenter", [...entered, ...inside, ...words], { encoding: "utf8" });
      return { status: result.status, text: `${result.stdout}${result.stderr}` };
    },
    stop: () => {
      const first = firstProcess(child);
      if (first !== undefined) process.kill(first, "SIGTERM");
      return ended;
    },
  };
}

/** Process 1 of a container, by its number outside; none before it has begun and after it has ended. */
function firstProcess({ pid, exitCode }: ChildProcess): number | undefined {
  if (exitCode !== null) return undefined;
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim()) || undefined;
}
