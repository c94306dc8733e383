import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";

/** What comes with a package when it is installed, itself included; bytes are of the files in `node_modules`. */
export interface Closure {
  packages: number;
  bytes: number;
}

/** The dependencies of a workspace package, and theirs, as Node finds them in this checkout. */
export function dependencyClosure(root: string, folder: string): Closure {
  const found = new Set<string>();
  const visit = (at: string) => {
    const real = realpathSync(at);
    if (found.has(real)) return;
    found.add(real);
    const manifest = JSON.parse(readFileSync(path.join(real, "package.json"), "utf8")) as {
      dependencies?: Record<string, string>;
    };
    for (const name of Object.keys(manifest.dependencies ?? {})) visit(installed(name, real));
  };
  visit(path.join(root, folder));
  const bytes = [...found].reduce((total, at) => total + sizeOf(at), 0);
  return { packages: found.size, bytes };
}

function installed(name: string, from: string): string {
  for (let at = from; ; at = path.dirname(at)) {
    const candidate = path.join(at, "node_modules", name);
    if (existsSync(candidate)) return candidate;
    if (at === path.dirname(at)) throw new Error(`${name} is not installed`);
  }
}

// Of a workspace package only what it ships counts.
function sizeOf(folder: string): number {
  const shipped = path.join(folder, "src");
  const counted = existsSync(path.join(folder, "tsconfig.json")) ? path.join(folder, "dist") : "";
  if (counted !== "" && existsSync(shipped)) return existsSync(counted) ? bytesUnder(counted) : 0;
  return bytesUnder(folder);
}

function bytesUnder(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((total, entry) => {
    const inside = path.join(folder, entry.name);
    if (entry.isDirectory())
      return total + (entry.name === "node_modules" ? 0 : bytesUnder(inside));
    return total + (entry.isFile() ? statSync(inside).size : 0);
  }, 0);
}
