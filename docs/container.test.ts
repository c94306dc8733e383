import { existsSync } from "node:fs";
import path from "node:path";
import { parseEnv } from "node:util";

import { describe, expect, test } from "vitest";
import { parse } from "yaml";

import { apiSettings } from "../apps/api/src/config.ts";
import { workerSettings } from "../apps/worker/src/config.ts";
import { dispatcherSettings } from "../packages/dispatcher/src/index.ts";
import {
  accountPrefix,
  accountVariables,
  PROVIDER_KIND_NAMES,
} from "../packages/provider/src/index.ts";
import { readConfig } from "../packages/runtime/src/index.ts";
import { root, textOf } from "./markdown.ts";

interface Service {
  image: string;
  build?: string;
  command?: string[];
  environment?: Record<string, string>;
  env_file?: { path: string; required: boolean }[];
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

type Variables = Readonly<Record<string, string>>;

/** An environment as compose gives it: the file first, over it `environment`, whose `${…}` are those of the shell and the file. */
function resolved({ environment = {}, env_file = [] }: Service, outside: Variables): Variables {
  const entries = Object.entries(environment).map(([name, value]) => {
    const [, variable, kind, text] = /^\$\{(\w+):([-?])(.*)\}$/.exec(value) ?? [];
    if (variable === undefined) return [name, value];
    const set = outside[variable] || undefined;
    if (set === undefined && kind === "?") throw new Error(`${variable}: ${text}`);
    return [name, set ?? text!];
  });
  return { ...(env_file.length > 0 && outside), ...Object.fromEntries(entries) } as Variables;
}

/** The variables of `.env.example`, with the commented ones of these accounts filled in. */
function filledIn(accounts: string[]): Variables {
  const values: Variables = {
    PROVIDER: accounts.join(","),
    PUBLIC_URL: "https://calls.example.com",
    SECRET_KEY: "0123456789abcdefghijklmnopqrstuvwxyz",
    TWILIO_ACCOUNT_SID: `AC${"0".repeat(32)}`,
    TWILIO_API_KEY_SID: `SK${"0".repeat(32)}`,
    TELNYX_PUBLIC_KEY: `${"A".repeat(43)}=`,
    TELNYX_CONNECTION_ID: "123",
  };
  const prefixes = [...accounts.map(accountPrefix), "PUBLIC_URL", "SECRET_KEY="];
  const lines = exampleLines().filter(
    ([line]) => line.startsWith("PROVIDER=") || prefixes.some((one) => line.startsWith(one)),
  );
  return Object.fromEntries(
    lines.map(([, name, value]) => [name, values[name] ?? (value || "some secret")]),
  );
}

function exampleLines() {
  const found = textOf(".env.example").matchAll(/^#?([A-Z_]+)=(.*)$/gm);
  return [...found].map(([line, name, value]) => [line.replace(/^#/, ""), name!, value!] as const);
}

describe("docker-compose.yml", () => {
  test("runs api and worker on the image of the Dockerfile", () => {
    expect(ours.map(([name, { command }]) => [name, command])).toEqual([
      ["api", ["api"]],
      ["worker", ["worker"]],
    ]);
  });

  describe.each([
    ["api", apiSettings],
    ["worker", workerSettings],
  ])("gives %s", (name, schema) => {
    const service = compose.services[name]!;

    test.each([[["twilio"]], [["telnyx"]], [["twilio", "telnyx"]]])(
      "the settings of %s, as .env has them",
      (accounts) => {
        const environment = resolved(service, filledIn(accounts));
        const config = readConfig(schema, environment);
        expect(config.accounts.map((account) => account.name)).toEqual(accounts);
        expect(config).toMatchObject({ PUBLIC_URL: "https://calls.example.com" });
        const known = [
          ...Object.keys(schema.shape),
          ...Object.keys(dispatcherSettings.in.shape),
          ...accounts.flatMap(accountVariables),
        ];
        expect(Object.keys(environment).filter((one) => !known.includes(one))).toEqual([]);
      },
    );

    test("the simulated provider only where that is asked for", () => {
      expect(() => resolved(service, {})).toThrow(/^PROVIDER: must be set/);
      const environment = resolved(service, { PROVIDER: "simulated" });
      expect(readConfig(schema, environment).PROVIDER).toEqual(["simulated"]);
    });
  });

  test("is filled in by .env.example, which has every setting of a carrier and sets none", () => {
    const names = exampleLines().map(([, name]) => name);
    const carriers = PROVIDER_KIND_NAMES.filter((kind) => kind !== "simulated");
    expect(names).toEqual(expect.arrayContaining(carriers.flatMap(accountVariables)));
    expect(parseEnv(textOf(".env.example"))).toEqual({ PROVIDER: "" });
  });

  test("names only services and volumes that it has", () => {
    for (const [name, service] of services) {
      const { depends_on, volumes = [] } = service;
      const { MONGODB_URI, REDIS_URL } = resolved(service, { PROVIDER: "simulated" });
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
