import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { waitFor } from "@call-log/testing";
import { expect, test } from "vitest";

import { anAcknowledgement } from "../testing/an-acknowledgement.ts";
import { isSilenced, startFakeAlertmanager } from "../testing/fake-alertmanager.ts";
import { sendByFetch } from "../testing/send-by-fetch.ts";
import { describeSilences, type TriedAlertmanager } from "./silence.contract.ts";
import { silenceAlert } from "./silence.ts";

describeSilences("a fake after Alertmanager's documentation", async () => {
  const fake = await startFakeAlertmanager();
  const silences = (labels: Readonly<Record<string, string>>) =>
    Promise.resolve(isSilenced(fake.silences, labels));
  return { base: fake.url, silences, close: () => fake.close() };
});

/** A real Alertmanager, as CI has it from Debian; it chooses a free port and logs its address. */
async function startAlertmanager(program: string): Promise<TriedAlertmanager> {
  const folder = await mkdtemp(path.join(tmpdir(), "call-log-alertmanager-"));
  const config = path.join(folder, "alertmanager.yml");
  await writeFile(config, "route: { receiver: none }\nreceivers: [{ name: none }]\n");
  const child = spawn(
    program,
    [
      `--config.file=${config}`,
      `--storage.path=${path.join(folder, "data")}`,
      "--web.listen-address=127.0.0.1:0",
      "--cluster.listen-address=",
    ],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (log += text));
  const close = async () => {
    if (child.exitCode === null) {
      const ended = once(child, "exit");
      child.kill();
      await ended;
    }
    await rm(folder, { recursive: true, force: true });
  };
  const address = await waitFor(() => /msg="Listening on".* address=(\S+)/.exec(log)?.[1], {
    describe: "Alertmanager's address in its log",
  });
  const base = `http://${address}`;
  return { base, silences: (labels) => isSilencedAt(base, labels), close };
}

/** Send an alert to a real Alertmanager, and see whether its silences match it. */
async function isSilencedAt(
  base: string,
  labels: Readonly<Record<string, string>>,
): Promise<boolean> {
  const given = { ...labels, alert: randomUUID() };
  await fetch(`${base}/api/v2/alerts`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify([{ labels: given }]),
  });
  const filter = encodeURIComponent(`alert="${given.alert}"`);
  const found = await waitFor(
    async () => {
      const answer = await fetch(`${base}/api/v2/alerts?filter=${filter}`);
      const [alert] = (await answer.json()) as {
        status: { state: string; silencedBy: string[] };
      }[];
      return alert?.status.state === "unprocessed" ? undefined : alert;
    },
    { describe: "the alert in Alertmanager" },
  );
  return found.status.silencedBy.length > 0;
}

const program = process.env["ALERTMANAGER"];
if (program !== undefined)
  describeSilences("Alertmanager itself", () => startAlertmanager(program));

test.each([401, 500])(
  "an answer of %i to the look-up is the result, and nothing is made",
  async (status) => {
    await using fake = await startFakeAlertmanager();
    fake.nextStatuses.push(status);
    const answer = await silenceAlert(
      anAcknowledgement(),
      { base: fake.url, headers: {}, durationSeconds: 7200, now: new Date() },
      sendByFetch,
    );
    expect(answer.status).toBe(status);
    expect(fake.silences).toEqual([]);
  },
);
