import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseEnv } from "node:util";

import { describe, expect, test } from "vitest";
import { parse } from "yaml";

import { apiSettings } from "../apps/api/src/config.ts";
import { workerSettings } from "../apps/worker/src/config.ts";
import { addressToAsk } from "../deploy/image/healthcheck.mjs";
import { accountPrefix, accountVariables } from "../packages/provider/src/index.ts";
import { readConfig } from "../packages/runtime/src/index.ts";
import { environmentOf, interpolated, readCompose } from "../scripts/container/compose-service.ts";
import { stagesOf } from "../scripts/container/dockerfile.ts";
import { withImageVersion } from "../scripts/image-version.mjs";
import { fences, root, section, textOf } from "./markdown.ts";

const compose = readCompose(path.join(root, "docker-compose.yml"));
const services = Object.entries(compose.services);
const ours = services.filter(([, { build }]) => build !== undefined);
const stages = stagesOf(textOf("Dockerfile"));
const last = stages.at(-1)!;

type Variables = Readonly<Record<string, string>>;

const REQUIRED: Variables = {
  PROVIDER: "simulated",
  MONGO_ROOT_PASSWORD: "a0",
  MONGO_PASSWORD: "a1",
  REDIS_PASSWORD: "a2",
};

/** The variables of `.env.example`, with the commented ones of these accounts filled in. */
function filledIn(accounts: string[]): Variables {
  const values: Variables = {
    ...REQUIRED,
    PROVIDER: accounts.join(","),
    PUBLIC_URL: "https://calls.example.com",
    SECRET_KEY: "0123456789abcdefghijklmnopqrstuvwxyz",
    TWILIO_ACCOUNT_SID: `AC${"0".repeat(32)}`,
    TWILIO_API_KEY_SID: `SK${"0".repeat(32)}`,
    TWILIO_FROM_NUMBER: "+15551112222",
    TWILIO_CALLS_PER_SECOND: "1",
    TELNYX_PUBLIC_KEY: `${"A".repeat(43)}=`,
    TELNYX_CONNECTION_ID: "123",
    TELNYX_FROM_NUMBER: "+15551112222",
    TELNYX_CALLS_PER_SECOND: "1",
  };
  const prefixes = accounts.map(accountPrefix);
  const lines = textOf(".env.example").matchAll(/^(#?)([A-Z_]+)=(.*)$/gm);
  return Object.fromEntries(
    [...lines]
      .filter(([, off, name]) => off === "" || prefixes.some((one) => name!.startsWith(one)))
      .map(([, , name, value]) => [name!, values[name!] ?? (value || "some secret")]),
  );
}

describe("docker-compose.yml", () => {
  test("runs api and worker on the image of the Dockerfile, which no registry has", () => {
    expect(ours.map(([name, { command, pull_policy }]) => [name, command, pull_policy])).toEqual([
      ["api", ["api"], "build"],
      ["worker", ["worker"], "build"],
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
        const environment = environmentOf(service, filledIn(accounts));
        const config = readConfig(schema, environment);
        expect(config.accounts.map((account) => account.name)).toEqual(accounts);
        expect(config).toMatchObject({
          PUBLIC_URL: "https://calls.example.com",
          MONGODB_URI: "mongodb://call-log:a1@mongo:27017/call-log?replicaSet=rs0",
          REDIS_URL: "redis://:a2@redis:6379",
        });
        for (const variable of accounts.flatMap(accountVariables))
          expect(environment).toHaveProperty(variable);
        expect(config.misspelt).toEqual([]);
      },
    );

    test("no password of MongoDB's administrator", () => {
      const values = Object.values(environmentOf(service, filledIn(["twilio"])));
      expect(values.filter((value) => value.includes(REQUIRED["MONGO_ROOT_PASSWORD"]!))).toEqual(
        [],
      );
    });

    test.each(["PROVIDER", "MONGO_PASSWORD", "REDIS_PASSWORD"])(
      "nothing without %s",
      (variable) => {
        expect(() => environmentOf(service, { ...REQUIRED, [variable]: "" })).toThrow(
          new RegExp(`^${variable}: must be set`),
        );
      },
    );
  });

  test.each(["mongo", "mongo-setup", "redis"])("gives %s its passwords from .env", (name) => {
    const service = compose.services[name]!;
    expect(() => environmentOf(service, {})).toThrow(/_PASSWORD: must be set in \.env/);
    const values = Object.values(environmentOf(service, REQUIRED));
    expect(values.some((value) => /^a\d$/.test(value))).toBe(true);
  });

  test.each(services)("confines %s: read-only, without rights, bounded", (_name, service) => {
    expect(service).toMatchObject({
      read_only: true,
      tmpfs: "/tmp",
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
      logging: { driver: "json-file", options: { "max-size": "10m", "max-file": "3" } },
    });
    const limits = service.deploy?.resources.limits;
    expect(Object.keys(limits ?? {})).toEqual(["cpus", "memory", "pids"]);
    // The image of the others begins as root.
    expect(service.build ?? service.user).toBeTruthy();
  });

  test("names only services, volumes and files that it has", () => {
    const missing = services.flatMap(([, service]) => {
      const { depends_on, volumes = [] } = service;
      const { MONGODB_URI, REDIS_URL } = environmentOf(service, REQUIRED);
      const hosts = [MONGODB_URI, REDIS_URL].flatMap((uri) => (uri ? [new URL(uri).hostname] : []));
      const others = [...hosts, ...Object.keys(depends_on ?? {})];
      const mounted = volumes.map((volume) => volume.split(":")[0]!);
      const files = mounted.filter((one) => one.startsWith("./"));
      return [
        ...others.filter((other) => !Object.hasOwn(compose.services, other)),
        ...mounted.filter((one) => !files.includes(one) && !Object.hasOwn(compose.volumes, one)),
        ...files.filter((file) => !existsSync(path.join(root, file))),
      ];
    });
    expect(missing).toEqual([]);
  });

  test("asks for the health of all whose health is waited for, and of Redis with its password", () => {
    const awaited = services.flatMap(([, { depends_on = {} }]) =>
      Object.entries(depends_on).flatMap(([name, { condition }]) =>
        condition === "service_healthy" ? [name] : [],
      ),
    );
    expect(new Set(awaited)).toEqual(new Set(["mongo", "redis"]));
    for (const name of awaited) expect(compose.services[name]!.healthcheck!.test[0]).toBe("CMD");
  });

  test("gives each process longer to stop than it takes", () => {
    const seconds = ours.map(([, service]) => Number.parseInt(service.stop_grace_period!, 10));
    // 8 of draining at most, 20 of closing.
    for (const one of seconds) expect(one).toBeGreaterThan(28);
  });
});

test("the guide's commands make an .env that compose takes once PROVIDER is set", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "call-log-env-"));
  try {
    const guide = section(textOf("docs/guides/install.md"), "Docker Compose");
    copyFileSync(path.join(root, ".env.example"), path.join(folder, ".env"));
    const blocks = fences(guide.replaceAll(/^ {3}/gm, ""), "sh");
    const [passwords] = blocks.filter((block) => block.includes("openssl"));
    execFileSync("bash", ["-euc", passwords!], { cwd: folder });
    const made = parseEnv(readFileSync(path.join(folder, ".env"), "utf8")) as Variables;
    const secrets = ["SECRET_KEY", "MONGO_ROOT_PASSWORD", "MONGO_PASSWORD", "REDIS_PASSWORD"];
    for (const name of secrets) expect(made[name]).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(secrets.map((name) => made[name])).size).toBe(secrets.length);
    for (const [, service] of services)
      expect(() => environmentOf(service, { ...made, PROVIDER: "simulated" })).not.toThrow();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe("interpolation", () => {
  test.each([
    ["${A}", "1"],
    ["${B}", ""],
    ["${B:-x}", "x"],
    ["${A:-x}", "1"],
    ["$$A", "$A"],
    ["a${A}b$$c", "a1b$c"],
  ])("%s", (text, expected) => {
    expect(interpolated(text, { A: "1" })).toBe(expected);
  });
});

describe("Dockerfile", () => {
  test("copies from the checkout only what is there", () => {
    const copied = stages
      .flatMap(({ steps }) => steps)
      .filter(({ keyword, flags }) => keyword === "COPY" && flags.length === 0)
      .flatMap(({ words }) => words.slice(0, -1));
    expect(copied.length).toBeGreaterThan(0);
    expect(copied.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
  });

  test("stands on one base, of an exact version that CI tests", () => {
    const named = new Set(stages.map(({ name }) => name));
    const bases = stages.map(({ base }) => base).filter((base) => !named.has(base));
    expect(bases).toHaveLength(1);
    const [, major] = /^node:(\d+)\.\d+\.\d+-slim(@sha256:[0-9a-f]{64})?$/.exec(bases[0]!)!;
    const { jobs } = parse(textOf(".github/workflows/ci.yml")) as {
      jobs: { tests: { strategy: { matrix: { node: number[] } } } };
    };
    expect(jobs.tests.strategy.matrix.node).toContain(Number(major));
  });

  test("runs as another user than root, given as a number", () => {
    const [user] = last.steps.filter(({ keyword }) => keyword === "USER");
    expect(user!.text).toMatch(/^[1-9]\d*:[1-9]\d*$/);
  });

  test("has the version, the source and the license of the package", () => {
    const words = last.steps.filter(({ keyword }) => ["LABEL", "ARG"].includes(keyword));
    const properties = Object.assign({}, ...words.map((one) => one.properties)) as Variables;
    const { version, license, repository } = JSON.parse(textOf("apps/call-log/package.json")) as {
      version: string;
      license: string;
      repository: { url: string };
    };
    const label = (name: string) => properties[`org.opencontainers.image.${name}`];
    expect(properties["VERSION"]).toBe(version);
    expect(label("version")).toBe("${VERSION}");
    expect(label("licenses")).toBe(license);
    expect(repository.url).toBe(`git+${label("source")}.git`);
  });

  test("hands the commit to the build, and names it", () => {
    const at = (steps: typeof last.steps, is: (step: (typeof last.steps)[number]) => boolean) =>
      steps.findIndex(is);
    const build = stages.find(({ name }) => name === "build")!;
    const argument = at(build.steps, ({ properties }) => "SOURCE_COMMIT" in properties);
    const building = at(build.steps, ({ text }) => text.includes("npm run build"));
    expect(argument).toBeGreaterThan(-1);
    expect(argument).toBeLessThan(building);
    const labels = last.steps.find(({ keyword }) => keyword === "LABEL")!.properties;
    expect(labels["org.opencontainers.image.revision"]).toBe("${SOURCE_COMMIT}");
    for (const [, { build: made }] of ours)
      expect(made).toMatchObject({ args: { SOURCE_COMMIT: "${SOURCE_COMMIT:-}" } });
  });

  test("gets the version of a release", () => {
    const raised = withImageVersion(textOf("Dockerfile"), "7.8.9");
    const step = stagesOf(raised)
      .at(-1)!
      .steps.find(({ properties }) => properties["VERSION"]);
    expect(step?.properties).toEqual({ VERSION: "7.8.9" });
    expect(() => withImageVersion("FROM node", "7.8.9")).toThrow("no line ARG VERSION");
  });

  test("runs npm scripts that exist", () => {
    const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };
    const used = [...textOf("Dockerfile").matchAll(/npm run ([\w:-]+)/g)].map(([, one]) => one!);
    expect(used.length).toBeGreaterThan(0);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(used));
  });
});

describe("the image's health check", () => {
  const program = ["node", "/usr/local/bin/call-log"];

  test.each([
    [[], {}, "http://127.0.0.1:3000/health/ready"],
    [["start"], { PORT: "4000" }, "http://127.0.0.1:4000/health/ready"],
    [["api"], { PORT: "4000", METRICS_PORT: "9464" }, "http://127.0.0.1:4000/health/ready"],
    [["worker"], { METRICS_PORT: "9464" }, "http://127.0.0.1:9464/health/ready"],
    [["worker"], { METRICS_PORT: "" }, undefined],
    [["export", "calls.csv"], {}, undefined],
  ])("call-log %j with %j", (command, environment, expected) => {
    expect(addressToAsk([...program, ...command], environment)).toBe(expected);
    // An engine's own init comes before it.
    const withInit = ["/sbin/docker-init", "--", "call-log", ...command];
    expect(addressToAsk(withInit, environment)).toBe(expected);
  });
});

test(".dockerignore keeps secrets, data and history out of the image", () => {
  const ignored = textOf(".dockerignore").split("\n");
  expect(ignored).toEqual(expect.arrayContaining(["**/.env", "**/.env.*", ".data", ".git"]));
});
