import { existsSync } from "node:fs";
import path from "node:path";

import { describe, expect, test } from "vitest";
import { parse } from "yaml";

import { apiSettings } from "../apps/api/src/config.ts";
import { workerSettings } from "../apps/worker/src/config.ts";
import { dispatcherSettings } from "../packages/dispatcher/src/index.ts";
import { readConfig } from "../packages/runtime/src/index.ts";
import { root, textOf } from "./markdown.ts";

interface Service {
  image: string;
  build?: string;
  command?: string[];
  environment?: Record<string, string>;
  volumes?: string[];
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
}

interface ComposeFile {
  services: Record<string, Service>;
  volumes: Record<string, null>;
}

const dockerfile = textOf("Dockerfile");
const compose = parse(textOf("docker-compose.yml"), { merge: true }) as ComposeFile;
const services = Object.entries(compose.services);
const ours = services.filter(([, { build }]) => build !== undefined);

/** An environment as compose gives it when nothing is set outside. */
function resolved(environment: Record<string, string> = {}): Record<string, string> {
  const entries = Object.entries(environment);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, value.replace(/^\$\{\w+:-(.*)\}$/, "$1")]),
  );
}

describe("docker-compose.yml", () => {
  test("runs api and worker on the image of the Dockerfile", () => {
    expect(ours.map(([name, { command }]) => [name, command])).toEqual([
      ["api", ["api"]],
      ["worker", ["worker"]],
    ]);
  });

  test.each([
    ["api", apiSettings],
    ["worker", workerSettings],
  ])("gives %s settings that it takes", (name, schema) => {
    const environment = resolved(compose.services[name]?.environment);
    expect(() => readConfig(schema, environment)).not.toThrow();
    const known = [...Object.keys(schema.shape), ...Object.keys(dispatcherSettings.in.shape)];
    expect(Object.keys(environment).filter((variable) => !known.includes(variable))).toEqual([]);
  });

  test("names only services and volumes that it has", () => {
    for (const [name, { environment, depends_on, volumes = [] }] of services) {
      const { MONGODB_URI, REDIS_URL } = resolved(environment);
      const hosts = [MONGODB_URI, REDIS_URL].flatMap((uri) => (uri ? [new URL(uri).hostname] : []));
      const others = [...hosts, ...Object.keys(depends_on ?? {})];
      const mounted = volumes.map((volume) => volume.split(":")[0]!);
      const missing = [
        ...others.filter((other) => !Object.hasOwn(compose.services, other)),
        ...mounted.filter((volume) => !Object.hasOwn(compose.volumes, volume)),
      ];
      expect({ name, missing }).toEqual({ name, missing: [] });
    }
  });

  test("asks for the health of all that is waited for, and of the api", () => {
    const awaited = ours.flatMap(([, { depends_on }]) => Object.keys(depends_on ?? {}));
    for (const name of [...awaited, "api"]) {
      const command = compose.services[name]?.healthcheck?.test ?? [];
      expect({ name, command }).toEqual({
        name,
        command: ["CMD", ...command.slice(1).map(String)],
      });
    }
    expect(compose.services["api"]?.healthcheck?.test.at(-1)).toContain("/health/ready");
  });
});

describe("Dockerfile", () => {
  test("copies and starts what is there", () => {
    const copied = [...dockerfile.matchAll(/^COPY --from=build \/app\/(\S+)/gm)].map(
      ([, file]) => file!,
    );
    const own = copied.filter((file) => file !== "node_modules");
    expect(own).toEqual(["package.json", "packages", "apps"]);
    const commands = ["api", "worker", "standalone", "cli"];
    const mains = commands.map((name) => `apps/${name}/src/main.ts`);
    expect([...own, ...mains].filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
    expect(dockerfile).toContain("apps/$0/dist/main.js");
    expect(commands).toContain(/^CMD \["(\w+)"\]$/m.exec(dockerfile)?.[1]);
  });

  test("runs as another user than root, on both stages of one base", () => {
    expect(dockerfile).toMatch(/^USER node$/m);
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
    expect(bases).toEqual(["node:22-slim", "node:22-slim"]);
  });

  test("runs npm scripts that exist", () => {
    const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };
    const used = [...dockerfile.matchAll(/npm run ([\w:-]+)/g)].map(([, script]) => script!);
    expect(used.length).toBeGreaterThan(0);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(used));
  });
});

test(".dockerignore keeps secrets, data and history out of the image", () => {
  const ignored = textOf(".dockerignore").split("\n");
  expect(ignored).toEqual(expect.arrayContaining(["**/.env", "**/.env.*", ".data", ".git"]));
});
