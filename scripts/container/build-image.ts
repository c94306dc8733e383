import { mkdirSync, statSync } from "node:fs";
import path from "node:path";

import { baseLayers } from "./base-layers.ts";
import { run } from "./command.ts";
import { stagesOf, type Stage, type Step } from "./dockerfile.ts";
import { BASE_CONFIG, configAfter, type ImageConfig } from "./image-config.ts";

/** A built image: folders of which the topmost comes first, for overlayfs, and what it says of its containers. */
export interface Image {
  layers: readonly string[];
  /** Layers above the base image. */
  ownLayers: readonly string[];
  config: ImageConfig;
}

interface Build {
  /** Where the stages are kept. */
  folder: string;
  context: string;
  /** Folders of the machine for caches, by their places in the build. */
  caches: Readonly<Record<string, string>>;
  /** Environment that RUN steps get besides the image's own, as of a proxy. */
  environment: Readonly<Record<string, string>>;
  /** Values of ARG, in the place of the Dockerfile's own. */
  args: Readonly<Record<string, string>>;
  images: Map<string, Image>;
}

/** Run the steps of a Dockerfile as an engine does, each stage over the layers of its base; the last stage is the image. */
export function buildImage(dockerfile: string, options: Omit<Build, "images">): Image {
  const build: Build = { ...options, images: new Map() };
  const stages = stagesOf(dockerfile);
  const images = stages.map((stage, index) => buildStage(build, stage, index));
  return images.at(-1)!;
}

function buildStage(build: Build, stage: Stage, index: number): Image {
  const base = baseOf(build, stage.base);
  const layer = path.join(build.folder, `layer-${index}`);
  const root = mountLayers(path.join(build.folder, `stage-${index}`), base.layers, layer);
  let { config } = base;
  const args: Record<string, string> = {};
  for (const step of stage.steps) {
    if (step.keyword === "ARG") Object.assign(args, valuesOf(step, build.args));
    else config = configAfter(config, step, args) ?? act(build, { root, config, args, step });
    if (step.keyword === "WORKDIR")
      mkdirSync(path.join(root, config.workingDirectory), { recursive: true });
  }
  run("umount", root);
  const image = { layers: [layer, ...base.layers], ownLayers: [layer, ...base.ownLayers], config };
  build.images.set(stage.name ?? `${index}`, image);
  return image;
}

function valuesOf({ properties }: Step, given: Build["args"]): Readonly<Record<string, string>> {
  const values = Object.entries(properties).map(([name, value]) => [name, given[name] ?? value]);
  return Object.fromEntries(values) as Record<string, string>;
}

function baseOf(build: Build, name: string): Image {
  const known = build.images.get(name);
  if (known !== undefined) return known;
  const layers = baseLayers(name, path.join(build.folder, "base"));
  const image = { layers, ownLayers: [], config: BASE_CONFIG };
  build.images.set(name, image);
  return image;
}

interface Act {
  root: string;
  config: ImageConfig;
  args: Readonly<Record<string, string>>;
  step: Step;
}

function act(build: Build, { root, config, args, step }: Act): ImageConfig {
  const started = performance.now();
  if (step.keyword === "RUN") runStep(build, { root, config, args, step });
  else if (step.keyword === "COPY") copy(build, { root, config, args, step });
  else throw new Error(`${step.keyword} is not known here`);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `${seconds.padStart(5)} s  ${step.keyword} ${step.text.split("\n")[0]!.slice(0, 90)}`,
  );
  return config;
}

function runStep(build: Build, { root, config, args, step }: Act): void {
  const mounts = step.flags.map(({ name, value }) => {
    const [, target] = /^type=cache,target=([^,]+)$/.exec(value) ?? [];
    const source = target === undefined ? undefined : build.caches[target];
    if (name !== "mount" || target === undefined || source === undefined)
      throw new Error(`RUN --${name}=${value} is not known here`);
    return `mkdir -p "$ROOT${target}" && mount --bind "${source}" "$ROOT${target}"`;
  });
  const script = [
    'mount -t proc proc "$ROOT/proc"',
    'mount --rbind /dev "$ROOT/dev"',
    ...mounts,
    // `env -C` enters the working directory after chroot.
    'exec chroot "$ROOT" env -i -C "$FOLDER" "$@"',
  ].join("\n");
  const environment = { ...build.environment, ...args, HOME: "/root", ...config.environment };
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  const isolated = ["--mount", "--pid", "--fork", "--kill-child"];
  const own = ["env", `ROOT=${root}`, `FOLDER=${config.workingDirectory}`, "sh", "-euc", script];
  const command = [...variables, "/bin/sh", "-c", step.text];
  run("unshare", ...isolated, ...own, "--", ...command);
}

function copy(build: Build, { root, config, step }: Act): void {
  const [flag, ...others] = step.flags;
  if (others.length > 0 || (flag && flag.name !== "from"))
    throw new Error("COPY has no other flag than --from here");
  const from = flag && build.images.get(flag.value);
  if (flag && !from) throw new Error(`COPY --from=${flag.value}: there is no such stage before it`);
  const source = from ? mountLayers(path.join(build.folder, "from"), from.layers) : build.context;
  const target = path.resolve(config.workingDirectory, step.words.at(-1)!);
  const isFolder = step.words.at(-1)!.endsWith("/") || step.words.length > 2;
  for (const word of step.words.slice(0, -1)) {
    const file = path.join(source, word);
    const inside = path.join(root, target);
    const folder = statSync(file).isDirectory() || isFolder ? inside : path.dirname(inside);
    mkdirSync(folder, { recursive: true });
    // Contents of a folder, or a file; the owner is root.
    const what = statSync(file).isDirectory() ? `${file}/.` : file;
    run("cp", "--archive", "--no-preserve=ownership", what, isFolder ? folder : inside);
  }
  if (from) run("umount", source);
}

/** Mount layers as one folder, the topmost first; without a layer to write to it is read-only. */
export function mountLayers(folder: string, layers: readonly string[], writable?: string): string {
  mkdirSync(folder, { recursive: true });
  const options = [`lowerdir=${layers.join(":")}`];
  if (writable !== undefined) {
    const work = `${writable}.work`;
    mkdirSync(writable, { recursive: true });
    mkdirSync(work, { recursive: true });
    options.push(`upperdir=${writable}`, `workdir=${work}`);
  }
  run("mount", "-t", "overlay", "overlay", "-o", options.join(","), folder);
  return folder;
}
