// One command: Prometheus fires, a phone rings, a pressed 4 silences the alert. README.md says what it needs.
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { createCallLogClient } from "@call-log/client";

import { alertmanagerApi } from "./alertmanager-api.ts";
import { writeAlertmanagerFile, writePrometheusFile } from "./configuration.ts";
import { findProgram, type Program, startProgram } from "./program.ts";
import { startShop } from "./shop.ts";
import { NUMBERS, pressedAndSilenced, resolvedWhileWaiting } from "./story.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const LISTENING = /msg="Listening on".* address=(\S+)/;

const prometheus = await findProgram("prometheus");
// Debian's name is the longer one.
const alertmanager = await findProgram("alertmanager", "prometheus-alertmanager");
if (prometheus === undefined || alertmanager === undefined) {
  console.error(
    "Prometheus and Alertmanager have to be on the PATH: https://prometheus.io/download/, or on Debian and Ubuntu: apt-get install prometheus prometheus-alertmanager",
  );
  process.exit(1);
}

const folder = await mkdtemp(path.join(tmpdir(), "prometheus-to-phone-"));
const started: Pick<Program, "stop">[] = [];
const stop = async () => {
  for (const one of started.toReversed()) await one.stop();
  await rm(folder, { recursive: true, force: true });
};
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void stop().then(() => process.exit(1)));

try {
  await run(prometheus, alertmanager);
} finally {
  await stop();
}

async function run(prometheusProgram: string, alertmanagerProgram: string): Promise<void> {
  const { client, url } = await startCallLog();
  const rule = {
    to: NUMBERS.Ada,
    toByLabel: {
      label: "oncall",
      numbers: Object.entries(NUMBERS).map(([is, to]) => ({ is, to })),
    },
    retry: { maxAttempts: 3, backoff: { delaySeconds: 3600 } },
  };
  const made = await client.alertSources.create.mutate({
    name: "Prometheus",
    kind: "alertmanager",
    rule,
  });
  const am = await startAlertmanager(alertmanagerProgram, `${url}${made.path}`);
  await client.alertSources.update.mutate({
    id: made.source._id,
    back: { kind: "alertmanager", url: am.url },
  });
  const shop = await keep(startShop());
  await startPrometheus(prometheusProgram, { target: shop.target, alertmanager: am.url });
  console.log(`call-log ${url}, Alertmanager ${am.url}; the shop has two faults`);

  const cast = { client, alertmanager: alertmanagerApi(am.url), shop, say: console.log };
  await pressedAndSilenced(cast);
  await resolvedWhileWaiting(cast);
  console.log("Done: one press, one silence; one alert over, no further call");
}

async function startCallLog() {
  console.log("Starting call-log with simulated phones: nobody is called");
  const apiKey = randomBytes(24).toString("base64url");
  const { url } = await keep(
    startProgram({
      command: process.execPath,
      args: [path.join(root, "scripts/start.mjs")],
      cwd: root,
      env: {
        PORT: "0",
        DATA_DIR: path.join(folder, "call-log"),
        BOOTSTRAP_API_KEY: apiKey,
        PROVIDER: "simulated",
        SIMULATED_SPEED: "20",
        // Alertmanager is on this machine; addresses inside a network are refused unless listed.
        WEBHOOK_ALLOWED_ADDRESSES: "127.0.0.1/32",
      },
      address: /call-log is ready: (\S+)/,
    }),
  );
  return { client: createCallLogClient({ url, apiKey }), url };
}

async function startAlertmanager(command: string, webhook: string): Promise<Program> {
  const args = [
    `--config.file=${await writeAlertmanagerFile(folder, webhook)}`,
    `--storage.path=${path.join(folder, "alertmanager")}`,
    "--web.listen-address=127.0.0.1:0",
    "--cluster.listen-address=",
  ];
  return keep(startProgram({ command, args, cwd: folder, address: LISTENING }));
}

async function startPrometheus(
  command: string,
  targets: Parameters<typeof writePrometheusFile>[1],
): Promise<void> {
  const args = [
    `--config.file=${await writePrometheusFile(folder, targets)}`,
    `--storage.tsdb.path=${path.join(folder, "prometheus")}`,
    "--rules.alert.resend-delay=1s",
    "--web.listen-address=127.0.0.1:0",
  ];
  await keep(startProgram({ command, args, cwd: folder, address: LISTENING }));
}

async function keep<T extends Pick<Program, "stop">>(starting: Promise<T>): Promise<T> {
  const one = await starting;
  started.push(one);
  return one;
}
