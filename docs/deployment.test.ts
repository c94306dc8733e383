import path from "node:path";
import { parseEnv } from "node:util";

import { describe, expect, test } from "vitest";

import { readCompose } from "../scripts/container/compose-service.ts";
import { stagesOf } from "../scripts/container/dockerfile.ts";
import { ENVIRONMENT_FILES, environmentFile } from "../scripts/deploy/environment-files.ts";
import {
  SECRETS,
  settingsOf,
  settingsTable,
  type Process,
} from "../scripts/deploy/settings-table.ts";
import { filesUnder, root, textOf } from "./markdown.ts";

/** A file that gives settings to processes of call-log. */
interface Deployment {
  file: string;
  /** Names of the settings that it gives or offers, commented ones too. */
  names: () => string[];
  /** Names that are no settings of call-log. */
  others: readonly string[];
  /** Processes all of whose settings it must name, apart from those that the deployment decides elsewhere. */
  offers?: { processes: readonly Process[]; except: readonly string[] };
}

const settings = settingsTable(root);
const known = new Set(settings.map(({ name }) => name));
const PASSWORDS = ["MONGO_ROOT_PASSWORD", "MONGO_PASSWORD", "REDIS_PASSWORD"];

/** Every deployment; a new one gets its line here. */
const DEPLOYMENTS: readonly Deployment[] = [
  {
    file: "Dockerfile",
    names: () =>
      stagesOf(textOf("Dockerfile"))
        .at(-1)!
        .steps.filter(({ keyword }) => keyword === "ENV")
        .flatMap(({ properties }) => Object.keys(properties)),
    others: ["NODE_ENV"],
  },
  {
    file: "docker-compose.yml",
    names: () =>
      Object.values(readCompose(path.join(root, "docker-compose.yml")).services)
        .filter(({ build }) => build !== undefined)
        .flatMap(({ environment = {} }) => Object.keys(environment)),
    others: ["MONGO_ROOT_PASSWORD"],
  },
  {
    file: ".env.example",
    names: () => namesIn(".env.example"),
    others: [...PASSWORDS, "LISTEN", "WORKERS"],
    offers: {
      processes: ["api", "worker"],
      except: ["MONGODB_URI", "REDIS_URL", "PORT", "HOST", "DATA_DIR", "METRICS_PORT"],
    },
  },
  {
    file: "deploy/systemd/call-log.env.example",
    names: () => namesIn("deploy/systemd/call-log.env.example"),
    others: [],
    offers: { processes: ["api", "worker", "standalone"], except: ["DATA_DIR"] },
  },
  ...filesUnder("deploy/systemd")
    .filter((file) => file.endsWith(".service"))
    .map((file) => ({
      file,
      names: () =>
        [...textOf(file).matchAll(/^Environment=(.*)$/gm)].flatMap(([, line]) =>
          line!.split(" ").map((pair) => pair.split("=")[0]!),
        ),
      others: ["NODE_ENV"],
    })),
];

/** Names of an environment file, those in comments too. */
function namesIn(file: string): string[] {
  return [...textOf(file).matchAll(/^#?([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name!);
}

describe.each(DEPLOYMENTS)("$file", ({ names, others, offers }) => {
  test("names only settings that there are, each once", () => {
    const found = [...new Set(names())];
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((name) => !known.has(name) && !others.includes(name))).toEqual([]);
  });

  test.runIf(offers)("offers every setting of its processes", () => {
    const all = offers!.processes.flatMap((process) => settingsOf(process, settings));
    const expected = new Set(all.filter((name) => !offers!.except.includes(name)));
    const found = names().filter((name) => !others.includes(name));
    expect(found.toSorted()).toEqual([...expected].toSorted());
  });
});

describe.each(Object.entries(ENVIRONMENT_FILES))("%s", (name, file) => {
  test("is as the table of settings has it (npm run environment)", () => {
    expect(textOf(name)).toBe(environmentFile(file, root));
  });

  test("leaves to be filled in what it sets", () => {
    const set = file.first.filter(({ active }) => active).map((line) => [line.name, ""]);
    expect(parseEnv(textOf(name))).toEqual(Object.fromEntries(set));
  });
});

test("each secret is a setting, and each setting that looks like one is among them", () => {
  expect(SECRETS.filter((name) => !known.has(name))).toEqual([]);
  const looks = /(?<!PER|WITH_API|PUBLIC)_(KEY|SECRET|TOKEN|PASSWORD)(_PREVIOUS|_SECONDARY)?$/;
  const missing = [...known].filter((name) => looks.test(name) && !SECRETS.includes(name));
  expect(missing).toEqual([]);
});
