import { settingsOf, settingsTable, type Process, type Setting } from "./settings-table.ts";

interface Line {
  name: string;
  /** Comment above it. */
  meaning: string;
  value?: string | undefined;
  /** Whether it is set, else commented out. */
  active?: boolean;
}

interface EnvironmentFile {
  head: string;
  processes: readonly Process[];
  /** Settings that the deployment itself decides. */
  fixed: readonly string[];
  /** What comes first, in this order: lines of the deployment's own, and settings that have to be filled in. */
  first: readonly Line[];
}

const GENERATED =
  "Written by `npm run environment` from docs/reference/settings.md; a test compares them.";

const SYNTAX =
  'Each line stands for itself: no spaces around "=", no quotes, no comment behind the value. An empty value counts as unset.';

const PROVIDER: Line = {
  name: "PROVIDER",
  meaning:
    "Who places the calls: twilio, telnyx, or both with a comma. simulated is for trying out: no phone rings.",
  active: true,
};
const PUBLIC_URL: Line = {
  name: "PUBLIC_URL",
  meaning:
    "The https address under which the carrier reaches the api. Without one there are no callbacks: calls are polled, and digits are not received.",
  active: true,
};
const SECRET_KEY: Line = {
  name: "SECRET_KEY",
  meaning:
    "Callback addresses are signed with it. Keep it: with another one, callbacks of calls under way are refused.",
  active: true,
};
const password = (name: string, meaning: string): Line => ({ name, meaning, active: true });

/** The environment files of the deployments, by their paths. */
export const ENVIRONMENT_FILES: Readonly<Record<string, EnvironmentFile>> = {
  ".env.example": {
    head: `Settings for docker compose: copy this file to .env and fill it in (docs/guides/install.md).\n${SYNTAX}`,
    processes: ["api", "worker"],
    fixed: ["MONGODB_URI", "REDIS_URL", "PORT", "HOST", "DATA_DIR", "METRICS_PORT"],
    first: [
      PROVIDER,
      PUBLIC_URL,
      SECRET_KEY,
      password(
        "MONGO_ROOT_PASSWORD",
        "Password of MongoDB's administrator, with letters and digits only: openssl rand -hex 32. No process of call-log gets it.",
      ),
      password(
        "MONGO_PASSWORD",
        "Password of MongoDB's user call-log, who may use that one database. Letters and digits only.",
      ),
      password("REDIS_PASSWORD", "Password of Redis. Letters and digits only."),
      {
        name: "LISTEN",
        meaning: "Address and port of this machine at which the api is reached: a proxy's way in.",
        value: "127.0.0.1:3000",
      },
      {
        name: "WORKERS",
        meaning: "How many workers run.",
        value: "2",
      },
    ],
  },
  "deploy/systemd/call-log.env.example": {
    head: `Settings for systemd's units: copy this file to /etc/call-log/call-log.env (docs/guides/install.md).\nsystemd reads it as root before a unit starts: keep it readable for root alone (mode 600).\n${SYNTAX}`,
    processes: ["api", "worker", "standalone"],
    fixed: ["DATA_DIR"],
    first: [
      PROVIDER,
      {
        name: "MONGODB_URI",
        meaning:
          "Address of the MongoDB that keeps the log, such as mongodb://call-log:PASSWORD@127.0.0.1:27017/call-log?replicaSet=rs0. Leave it empty for call-log.service with a database of its own.",
        active: true,
      },
      {
        name: "REDIS_URL",
        meaning:
          "Address of the Redis that holds the queues, such as redis://:PASSWORD@127.0.0.1:6379. Leave it empty for call-log.service with a queue of its own.",
        active: true,
      },
      PUBLIC_URL,
      SECRET_KEY,
    ],
  },
};

/** Text of an environment file, with every setting that its processes read. */
export function environmentFile(file: EnvironmentFile, root: string): string {
  const table = settingsTable(root);
  const read = new Set(file.processes.flatMap((process) => settingsOf(process, table)));
  const done = new Set([...file.fixed, ...file.first.map(({ name }) => name)]);
  const others = table.filter(({ name }) => read.has(name) && !done.has(name));
  return [
    ...commented(`${file.head}\n${GENERATED}`),
    "",
    ...file.first.flatMap(lines),
    ...groups(others).flatMap(([title, settings]) => [
      `# ── ${title}`,
      "",
      ...settings.flatMap(({ name, meaning, fallback }) =>
        lines({ name, meaning, value: fallback }),
      ),
    ]),
  ]
    .join("\n")
    .trimEnd()
    .concat("\n");
}

function groups(settings: readonly Setting[]): [title: string, Setting[]][] {
  const sorted = settings.toSorted((one, other) => rank(one) - rank(other));
  const titles = [...new Set(sorted.map(titleOf))];
  return titles.map((title) => [title, sorted.filter((one) => titleOf(one) === title)]);
}

// What an operator fills in comes before what few ever change.
function rank({ table }: Setting): number {
  return ["Provider accounts", "Processes", "Dispatcher"].indexOf(table);
}

function titleOf({ name, table }: Setting): string {
  if (table !== "Provider accounts") return table;
  const kind = name.slice(0, name.indexOf("_"));
  return kind.charAt(0) + kind.slice(1).toLowerCase();
}

function lines({ name, meaning, value, active }: Line): string[] {
  return [...commented(meaning), `${active ? "" : "#"}${name}=${value ?? ""}`, ""];
}

const WIDTH = 110;

function commented(text: string): string[] {
  return text.split("\n").flatMap((line) => {
    const wrapped = line.match(new RegExp(`.{1,${WIDTH}}(?:\\s|$)`, "g")) ?? [];
    return wrapped.map((part) => `# ${part.trimEnd()}`);
  });
}
