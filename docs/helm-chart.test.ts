import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { describe, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";

import { apiSettings } from "../apps/api/src/config.ts";
import { workerSettings } from "../apps/worker/src/config.ts";
import { dispatcherSettings } from "../packages/dispatcher/src/index.ts";
import { accountPrefix, accountSettings, PROVIDERS } from "../packages/provider/src/index.ts";
import { METRICS, readConfig } from "../packages/runtime/src/index.ts";
import { withChartVersion } from "../scripts/chart-version.mjs";
import { textOf } from "./markdown.ts";

const CHART = "deploy/helm/call-log";

/** Decided by the chart, so that its ports, probes and volumes fit. */
const OF_THE_CHART = ["HOST", "PORT", "METRICS_PORT", "DATA_DIR", "DRAIN_SECONDS"];

/** What is read as a secret: it belongs into a Secret, and the chart refuses it among the settings. */
const IS_SECRET =
  /^(MONGODB_URI|REDIS_URL|SECRET_KEY|SECRET_KEY_PREVIOUS|OTEL_EXPORTER_OTLP_HEADERS|(?!SIGN_IN).*_(SECRET|TOKEN|TOKEN_SECONDARY|API_KEY))$/;

interface Names {
  propertyNames: { anyOf: { enum?: string[]; pattern?: string }[] };
}

const { properties } = JSON.parse(textOf(`${CHART}/values.schema.json`)) as {
  properties: { settings: Names; secrets: Names };
};

function takes({ propertyNames: { anyOf } }: Names, name: string): boolean {
  return anyOf.some(
    ({ enum: names = [], pattern }) =>
      names.includes(name) || (pattern !== undefined && new RegExp(pattern).test(name)),
  );
}

const ofProcesses = new Set([
  ...Object.keys(apiSettings.shape),
  ...Object.keys(workerSettings.shape),
  ...Object.keys(dispatcherSettings.in.shape),
]);
const ofAccounts = Object.entries(PROVIDERS).flatMap(([kind, { settings }]) =>
  [...Object.keys(settings.shape), ...Object.keys(accountSettings.shape)].flatMap((name) => [
    accountPrefix(kind) + name,
    accountPrefix(`${kind}-backup`) + name,
  ]),
);

describe("values.schema.json", () => {
  test("takes every setting in one place: settings, secrets, or decided by the chart", () => {
    const place = (name: string) => [
      ...(takes(properties.settings, name) ? ["settings"] : []),
      ...(takes(properties.secrets, name) ? ["secrets"] : []),
      ...(OF_THE_CHART.includes(name) ? ["chart"] : []),
    ];
    const expected = (name: string) => {
      if (OF_THE_CHART.includes(name)) return ["chart"];
      return IS_SECRET.test(name) ? ["secrets"] : ["settings"];
    };
    const all = [...ofProcesses, ...ofAccounts];
    expect(all.map((name) => [name, place(name)])).toEqual(
      all.map((name) => [name, expected(name)]),
    );
  });

  test("names no setting that there is not", () => {
    const names = [properties.settings, properties.secrets].flatMap(({ propertyNames }) =>
      propertyNames.anyOf.flatMap((one) => one.enum ?? []),
    );
    expect(names.filter((name) => !ofProcesses.has(name))).toEqual([]);
  });
});

test("the chart is of this release, and of the next one after a release", () => {
  const chart = textOf(`${CHART}/Chart.yaml`);
  const versions = (text: string) => {
    const { version, appVersion } = parse(text) as Record<string, string>;
    return [version, appVersion];
  };
  const { version } = JSON.parse(textOf("apps/call-log/package.json")) as { version: string };
  expect(versions(chart)).toEqual([version, version]);
  expect(versions(withChartVersion(chart, "7.8.9"))).toEqual(["7.8.9", "7.8.9"]);
  expect(() => withChartVersion("name: x", "7.8.9")).toThrow("has no lines");
});

test("the chart has the alert rules of deploy/prometheus", () => {
  expect(textOf(`${CHART}/files/alerts.yml`)).toBe(textOf("deploy/prometheus/alerts.yml"));
});

interface Container {
  name: string;
  args: string[];
  env?: { name: string; value?: string }[];
  ports?: { name: string; containerPort: number }[];
  resources: { requests?: object; limits?: object };
  securityContext: Record<string, unknown>;
  [probe: `${string}Probe`]: { httpGet: { path: string; port: string } } | undefined;
}

interface PodTemplate {
  metadata: { labels: Record<string, string> };
  spec: {
    containers: Container[];
    automountServiceAccountToken?: boolean;
    securityContext: Record<string, unknown>;
  };
}

interface Resource {
  kind: string;
  metadata: { name: string; labels: Record<string, string> };
  data?: Record<string, string>;
  stringData?: Record<string, string>;
  spec: {
    template: PodTemplate;
    selector: Record<string, unknown> & { matchLabels?: Record<string, string> };
    ports?: { targetPort: string }[];
    triggers?: { metadata: { query: string } }[];
    rules?: { http: { paths: { path: string }[] } }[];
  };
}

// `.ci/helm` renders them.
const folder = process.env["HELM_RENDERED"];
const rendered = folder === undefined ? [] : readdirSync(folder);

test.skipIf(folder === undefined)("every set of values was rendered", () => {
  const sets = new Set(rendered.map((name) => name.replace(/-[\d.]+\.yaml$/, "")));
  expect([...sets].toSorted()).toEqual(["bare", "minimal", "production"]);
});

describe.skipIf(folder === undefined).each(rendered)("%s", (name) => {
  const resources = parseAllDocuments(readFileSync(path.join(folder ?? "", name), "utf8")).map(
    (document) => document.toJS() as Resource,
  );
  const of = (...kinds: string[]) => resources.filter(({ kind }) => kinds.includes(kind));
  const workloads = of("Deployment", "Job");
  const containers = workloads.flatMap(({ spec }) => spec.template.spec.containers);

  test("no pod may more than it needs", () => {
    expect(workloads.length).toBeGreaterThan(1);
    for (const { spec } of workloads) {
      const pod = spec.template.spec;
      expect(pod.automountServiceAccountToken).toBe(false);
      expect(pod.securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: "RuntimeDefault" },
      });
    }
    for (const { securityContext, resources: asked } of containers) {
      expect(securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      });
      expect(asked).toMatchObject({ requests: { cpu: expect.anything() }, limits: {} });
    }
  });

  test.each([
    ["api", apiSettings],
    ["worker", workerSettings],
  ] as const)("%s takes its environment, and nothing secret is in a ConfigMap", (app, schema) => {
    const [container] = containers.filter(({ args }) => args[0] === app);
    const [settings] = of("ConfigMap").map(({ data }) => data!);
    expect(Object.keys(settings!).filter((one) => IS_SECRET.test(one))).toEqual([]);
    const own = container!.env!.map((one) => [one.name, one.value] as const);
    const environment: Record<string, string> = {
      ...settings,
      ...SECRETS,
      ...Object.fromEntries(own.map(([key, value]) => [key, value ?? ""])),
    };
    const config = readConfig(schema, environment);
    expect(config.PROVIDER.join(",")).toBe(settings!["PROVIDER"]);
    expect(config.misspelt ?? []).toEqual([]);
    const unread = own.map(([key]) => key).filter((key) => !ofProcesses.has(key));
    expect(unread).toEqual([]);
  });

  test("probes, services and selectors name what is there", () => {
    for (const { args, ports = [], ...rest } of containers) {
      const probes = Object.entries(rest).filter(([key]) => key.endsWith("Probe"));
      expect(probes).toHaveLength(args[0] === "migrate" ? 0 : 3);
      const known = ports.map((port) => port.name);
      for (const [, probe] of probes)
        expect(known).toContain((probe as { httpGet: { port: string } }).httpGet.port);
    }
    const pods = of("Deployment").map(({ spec }) => spec.template.metadata.labels);
    const selecting = [
      ...of("Deployment", "PodDisruptionBudget").map(({ spec }) => spec.selector.matchLabels!),
      ...of("Service").map(({ spec }) => spec.selector as Record<string, string>),
    ];
    for (const selector of selecting)
      expect(pods).toContainEqual(expect.objectContaining(selector));
  });

  test("workers are scaled by metrics that there are", () => {
    const queries = of("ScaledObject").flatMap(({ spec }) => spec.triggers!);
    const names = queries.flatMap(({ metadata }) => metadata.query.match(/call_log_\w+/g) ?? []);
    expect(names.length).toBeGreaterThanOrEqual(queries.length);
    expect(names.filter((one) => !Object.hasOwn(METRICS, one))).toEqual([]);
  });

  test("the public ingress has callbacks alone", () => {
    const hooks = of("Ingress").filter(({ metadata }) => metadata.name.endsWith("-hooks"));
    const paths = hooks.flatMap(({ spec }) => spec.rules!.flatMap(({ http }) => http.paths));
    expect(paths.map((one) => one.path)).toEqual(hooks.map(() => "/hooks"));
  });
});

const SECRETS = {
  MONGODB_URI: "mongodb://mongodb/call-log",
  REDIS_URL: "redis://redis",
  SECRET_KEY: "0123456789abcdefghijklmnopqrstuvwxyz",
  TWILIO_AUTH_TOKEN: "secret",
  TWILIO_ACCOUNT_SID: `AC${"0".repeat(32)}`,
  TELNYX_BACKUP_API_KEY: "secret",
  TELNYX_BACKUP_PUBLIC_KEY: `${"A".repeat(43)}=`,
};
