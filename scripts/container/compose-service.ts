import { readFileSync } from "node:fs";

import { parse } from "yaml";

/** What the checks read of a service of docker-compose.yml. */
export interface Service {
  image: string;
  build?: { context: string; args: Readonly<Record<string, string>> };
  pull_policy?: string;
  entrypoint?: string[];
  command?: string[];
  user?: string;
  read_only?: boolean;
  tmpfs?: string;
  cap_drop?: string[];
  security_opt?: string[];
  stop_grace_period?: string;
  logging?: { driver: string; options: Record<string, string> };
  environment?: Record<string, string>;
  env_file?: { path: string; required: boolean }[];
  volumes?: string[];
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
  deploy?: { resources: { limits: Record<string, unknown> } };
}

/** The file as written, with its anchors merged. */
export interface ComposeFile {
  services: Record<string, Service>;
  volumes: Record<string, null>;
}

type Variables = Readonly<Record<string, string>>;

/** Read a compose file as written. */
export function readCompose(file: string): ComposeFile {
  return parse(readFileSync(file, "utf8"), { merge: true }) as ComposeFile;
}

/** A text with `${NAME}`, `${NAME:-default}` and `${NAME:?error}` filled in as compose does, and `$$` as a dollar. */
export function interpolated(text: string, outside: Variables): string {
  return text.replaceAll(
    /\$(?:(?<dollar>\$)|\{(?<name>\w+)(?::(?<kind>[-?])(?<rest>[^}]*))?\})/g,
    (...found) => {
      const { dollar, name, kind, rest = "" } = found.at(-1) as Partial<Variables>;
      if (dollar !== undefined) return "$";
      const value = outside[name!] || undefined;
      if (value === undefined && kind === "?") throw new Error(`${name}: ${rest}`);
      return value ?? (kind === "-" ? rest : "");
    },
  );
}

/** The environment of a service's containers: its files first, over them `environment`. */
export function environmentOf(
  { environment = {}, env_file = [] }: Service,
  outside: Variables,
): Variables {
  const own = Object.entries(environment).map(([name, value]) => [
    name,
    interpolated(String(value), outside),
  ]);
  return { ...(env_file.length > 0 && outside), ...Object.fromEntries(own) } as Variables;
}
