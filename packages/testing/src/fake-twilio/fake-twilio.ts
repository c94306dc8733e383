import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { API_KEY } from "./api-key.ts";
import type { CallbackFault } from "./callback-sender.ts";
import type { ExchangeOptions } from "./exchange.ts";

/** A call that the fake really placed. */
export interface FakeTwilioCall {
  sid: string;
  to: string;
  from: string;
  status: string;
  /** Address that its callbacks go to; it carries the label of the attempt. */
  statusUrl?: string;
  /** What the callee has heard, in order. */
  spoken: string[];
  /** What was sent of pressed keys, in order, whether anybody took it or not. */
  pressed: string[];
  /** What it has cost, also while the API does not tell it yet. */
  price?: string;
}

/** A Twilio for tests, in a process of its own with a ledger of its own, which outlives the processes that use it. */
export interface FakeTwilio {
  url: string;
  accountSid: string;
  authToken: string;
  /** A standard API key of the account. */
  apiKey: { sid: string; secret: string };
  /** Every call that it placed, oldest first. */
  calls(): Promise<FakeTwilioCall[]>;
  /** Lose every status callback from now on, or send it three times, late and in any order. */
  disturbCallbacks(fault: CallbackFault): Promise<void>;
  /** Stop its process for so many milliseconds of real time: connections stay open, nothing is answered. */
  freeze(milliseconds: number): Promise<void>;
  close(): Promise<void>;
}

const ACCOUNT_SID = `AC${"0123456789abcdef".repeat(2)}`;
const AUTH_TOKEN = "fake-twilio-auth-token-0123456789";

/** Start one on a free port; `speed` is how many of its seconds pass in a real one. */
export async function startFakeTwilio({
  speed = 20,
  ...rest
}: Partial<Pick<ExchangeOptions, "speed" | "eventsAfterSeconds">> = {}): Promise<FakeTwilio> {
  const folder = await mkdtemp(path.join(tmpdir(), "fake-twilio-"));
  const credentials = { accountSid: ACCOUNT_SID, authToken: AUTH_TOKEN };
  const options = {
    ...credentials,
    ...rest,
    speed,
    ledgerFile: path.join(folder, "ledger.jsonl"),
    port: 0,
  };
  const main = fileURLToPath(new URL("./main.ts", import.meta.url));
  const args = ["--import", "tsx", "--conditions=source", main, JSON.stringify(options)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const url = line.toString().trim();
  return {
    ...credentials,
    apiKey: API_KEY,
    url,
    async calls() {
      const answer = await fetch(`${url}/_control/calls`);
      return (await answer.json()) as FakeTwilioCall[];
    },
    async disturbCallbacks(fault) {
      await fetch(`${url}/_control/callbacks`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ fault }),
      });
    },
    async freeze(milliseconds) {
      child.kill("SIGSTOP");
      await delay(milliseconds);
      child.kill("SIGCONT");
    },
    async close() {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
