import { createHmac } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import type { ProviderEvent } from "@call-log/model";
import {
  callbackUrls,
  createSimulatedProvider,
  readAccount,
  type CallbackKind,
  type CallbackPost,
  type Provider,
} from "@call-log/provider";
import { freshDatabase, waitFor } from "@call-log/testing";
import { expect, onTestFinished, test } from "vitest";

import { acceptCall } from "../accept/accept-call.ts";
import { sweep } from "../maintenance/sweep.ts";
import { recordEvent } from "../record/record-event.ts";
import { secondsAfter } from "../rules/seconds.ts";
import { aRequest, PROJECT_ID } from "../testing/a-call.ts";
import { useStoreContext } from "../testing/store-context.ts";
import { dispatchAttempt } from "./dispatch-attempt.ts";

const newContext = useStoreContext(freshDatabase);

const PUBLIC_URL = "https://calls.shop.example";
const AUTH_TOKEN = "0123456789abcdef0123456789abcdef";

/** A provider, and the events of one call's genuine callbacks, that of machine detection among them. */
interface Carrier {
  provider: Provider;
  events(attemptId: string): Promise<ProviderEvent[]>;
}

async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "call-log-late-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function eventsOf(provider: Provider, attemptId: string, posts: readonly CallbackPost[]) {
  return posts.flatMap(({ url, headers, body }) => {
    const kind = url.split("/").at(-1) as CallbackKind;
    const rawBody = Buffer.from(body);
    return provider.readCallback({ kind, attemptId, url, headers, rawBody })?.events ?? [];
  });
}

async function simulated(): Promise<Carrier> {
  const posts: CallbackPost[] = [];
  const deliver = async (post: CallbackPost) => {
    posts.push(post);
    return 204;
  };
  const dataDir = await dataFolder();
  const provider = createSimulatedProvider({ dataDir, speed: 200, deliver });
  onTestFinished(() => provider.close());
  return {
    provider,
    async events(attemptId) {
      const has = (word: string) => posts.some(({ body }) => body.includes(word));
      await waitFor(() => has("AnsweredBy") && has("CallStatus=completed"));
      return eventsOf(provider, attemptId, posts);
    },
  };
}

async function twilio(): Promise<Carrier> {
  const env = { TWILIO_ACCOUNT_SID: `AC${AUTH_TOKEN}`, TWILIO_AUTH_TOKEN: AUTH_TOKEN };
  const provider = readAccount("twilio", env).open({
    dataDir: await dataFolder(),
    now: () => new Date(),
  });
  const CallSid = `CA${AUTH_TOKEN}`;
  const places: Provider = {
    ...provider,
    placeCall: async () => ({ kind: "accepted", providerCallId: CallSid, status: "queued" }),
    fetchCall: async () => undefined,
  };
  const post = (attemptId: string, kind: CallbackKind, facts: Record<string, string>) => {
    const form: Record<string, string> = { CallSid, ...facts };
    const url = addresses("twilio", attemptId)[kind];
    const signed =
      url +
      Object.keys(form)
        .toSorted()
        .map((name) => name + form[name])
        .join("");
    const signature = createHmac("sha1", AUTH_TOKEN).update(signed).digest("base64");
    const headers = { "x-twilio-signature": signature };
    return { url, headers, body: new URLSearchParams(form).toString() };
  };
  return {
    provider: places,
    events: async (attemptId) =>
      eventsOf(provider, attemptId, [
        post(attemptId, "status", { CallStatus: "in-progress", SequenceNumber: "2" }),
        post(attemptId, "status", { CallStatus: "completed", SequenceNumber: "3" }),
        post(attemptId, "amd", { AnsweredBy: "machine_end_beep" }),
      ]),
  };
}

function addresses(provider: string, attemptId: string) {
  return callbackUrls({ publicUrl: PUBLIC_URL, provider, attemptId, callbackKey: "key" });
}

test.each([
  ["simulated", simulated],
  ["twilio", twilio],
])(
  "%s: what machine detection says after a final status is in the timeline, and the attempt agrees with the log",
  async (name, open) => {
    const carrier = await open();
    const context = newContext({ chain: [name], providers: [carrier.provider] });
    context.callbackUrlsFor = ({ attemptId }) => addresses(name, attemptId);
    const request = aRequest({ toNumber: "+15550100103", reachedWhen: "human" });
    const { _id } = await acceptCall(context, { projectId: PROJECT_ID, request });
    await dispatchAttempt(context, { projectId: PROJECT_ID, callLogId: _id, attemptNumber: 1 });
    const events = await carrier.events(`${_id}-1`);
    const isDetection = ({ status }: ProviderEvent) => status === "answered-by";
    for (const event of events.filter((one) => !isDetection(one)))
      await recordEvent(context, event);
    // Nobody can be asked who answered, and the time for late facts passes.
    context.providers[name]!.fetchCall = async () => undefined;
    context.clock.time = secondsAfter(context.now(), 30);
    await sweep(context);
    const over = (await context.calls.find(_id))!;
    expect(over).toMatchObject({ status: "Completed", attempts: [{ outcome: "reached" }] });
    for (const event of events.filter(isDetection)) await recordEvent(context, event);
    const { status, statusMessage, attempts, answeredBy } = (await context.calls.find(_id))!;
    expect({ status, statusMessage, answeredBy }).toEqual({
      status: "Completed",
      statusMessage: "Reached as requested",
      answeredBy: undefined,
    });
    expect(attempts).toMatchObject([{ outcome: "reached" }]);
    expect(attempts[0]!.events.at(-1)).toMatchObject({
      status: "answered-by",
      answeredBy: "machine",
      late: true,
    });
  },
);
