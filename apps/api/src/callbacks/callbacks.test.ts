import type { ProviderEvent } from "@call-log/model";
import {
  type CallbackReading,
  callbackUrls,
  NothingSentError,
  type Provider,
} from "@call-log/provider";
import { createLogger } from "@call-log/runtime";
import { callRecord } from "@call-log/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { ApiDependencies } from "../api-dependencies.ts";
import { freshApi, type FreshApi } from "../testing/fresh-api.ts";

let api: FreshApi;
beforeAll(async () => {
  api = await freshApi();
});
afterAll(() => api[Symbol.asyncDispose]());

const ATTEMPT = "376d7300-28fe-11f1-b591-3fdcef396aba-1";

/** A provider whose signature is the word "genuine"; it reports that the phone rings. */
function puppet(facts: Partial<ProviderEvent> = {}): Provider {
  const { simulated } = api.dependencies.providers;
  return {
    ...simulated!,
    readCallback({ attemptId, headers, url, rawBody }) {
      if (headers["signature"] !== "genuine") return undefined;
      expect(url).toBe(pathOf("status", "http://127.0.0.1:3000"));
      expect(rawBody.toString()).toBe("CallStatus=ringing");
      const at = new Date().toISOString();
      const event = { source: "callback", status: "ringing", at } as const;
      return {
        events: [{ attemptId, provider: "scripted", providerCallId: "c1", ...event, ...facts }],
      };
    },
  };
}

function pathOf(
  kind: "status" | "gather" | "amd",
  publicUrl = "",
  attemptId: string = ATTEMPT,
): string {
  return callbackUrls({
    publicUrl,
    provider: "scripted",
    attemptId,
    callbackKey: api.dependencies.secrets.callbacks.current,
  })[kind];
}

async function callBack(url: string, signature: string, overrides: Partial<ApiDependencies> = {}) {
  const server = await api.serverWith({ providers: { scripted: puppet() }, ...overrides });
  const headers = { signature, "content-type": "application/x-www-form-urlencoded" };
  return server.inject({ method: "POST", url, headers, payload: "CallStatus=ringing" });
}

describe("a callback", () => {
  test("that is genuine is put on the queue and answered", async () => {
    const answer = await callBack(pathOf("status"), "genuine");
    expect([answer.statusCode, answer.payload]).toEqual([204, ""]);
  });

  test("that is not signed is refused, also while Redis is away", async () => {
    const away = api.dispatcherOn("redis://127.0.0.1:1");
    for (const overrides of [{}, { dispatcher: away }])
      expect((await callBack(pathOf("status"), "forged", overrides)).statusCode).toBe(403);
  });

  test.each([
    ["another secret", (url: string) => url.replace(/\/[^/]+\/status$/, "/wrong/status")],
    ["another attempt", (url: string) => url.replace("-1/", "-2/")],
    ["another provider", (url: string) => url.replace("scripted", "simulated")],
    ["no provider", (url: string) => url.replace("scripted", "__proto__")],
    ["an unknown kind", (url: string) => url.replace("/status", "/stats")],
  ])("to the address of %s is refused", async (_what, change) => {
    const answer = await callBack(change(pathOf("status")), "genuine");
    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toMatchObject({ code: "FORBIDDEN" });
  });

  test("comes again when Redis is away: 503", async () => {
    const dispatcher = api.dispatcherOn("redis://127.0.0.1:1");
    const answer = await callBack(pathOf("status"), "genuine", { dispatcher });
    expect([answer.statusCode, answer.headers["retry-after"]]).toEqual([503, "5"]);
  });

  test("of digits is verified once, and answered with the branch of the call that it is of", async () => {
    const [call] = await api.keep({
      plan: {
        ...callRecord().plan,
        steps: [{ say: "Down" }],
        language: "de-DE",
        voice: "Polly.Vicki",
      },
    });
    const attemptId = `${call!._id}-1`;
    let readings = 0;
    const once: Provider = {
      ...api.dependencies.providers["simulated"]!,
      readCallback() {
        readings += 1;
        const reply: CallbackReading["reply"] = ({ steps, language, voice }) => ({
          contentType: "text/plain",
          body: JSON.stringify([...steps, language, voice]),
        });
        return { events: [], reply };
      },
    };
    const url = pathOf("gather", "", attemptId);
    const answer = await callBack(url, "genuine", { providers: { scripted: once } });
    expect([answer.statusCode, answer.json()]).toEqual([
      200,
      [{ say: "Down" }, "de-DE", "Polly.Vicki"],
    ]);
    expect(readings).toBe(1);
  });

  describe("whose reply can't be made", () => {
    const DEFECT = new TypeError("Invalid character in string: BLUEBIRD");
    const emptyReply = { contentType: "text/xml", body: "<Response/>" };
    const at = new Date().toISOString();
    const digits = { source: "callback", status: "digits", digits: "4", at } as const;

    async function press(reading: Partial<CallbackReading>) {
      const [call] = await api.keep({});
      const attemptId = `${call!._id}-1`;
      const event = { attemptId, provider: "scripted", providerCallId: "c1", ...digits };
      const lines: string[] = [];
      const added: ProviderEvent[] = [];
      const dispatcher = {
        ...api.dependencies.dispatcher,
        queues: {
          ...api.dependencies.dispatcher.queues,
          addEvents: async (events: readonly ProviderEvent[]) => void added.push(...events),
        },
      };
      const broken: Provider = {
        ...api.dependencies.providers["simulated"]!,
        readCallback: () => ({ events: [event], ...reading }),
      };
      const answer = await callBack(pathOf("gather", "", attemptId), "genuine", {
        providers: { scripted: broken },
        dispatcher,
        log: createLogger({
          role: "api",
          level: "info",
          to: { write: (line) => void lines.push(line) },
        }),
      });
      return { answer, added, event, log: lines.join("") };
    }

    const fails = (error: unknown) => () => {
      throw error;
    };

    test("is answered all the same, and its digit is kept", async () => {
      const { answer, added, event, log } = await press({ reply: fails(DEFECT), emptyReply });
      expect([answer.statusCode, answer.payload]).toEqual([200, "<Response/>"]);
      expect(added).toMatchObject([event]);
      expect(log).toContain('"name":"TypeError"');
      expect(log).not.toContain("BLUEBIRD");
    });

    test("is answered without a body by a provider that has no empty one", async () => {
      const { answer, added, event } = await press({ reply: fails(DEFECT) });
      expect(answer.statusCode).toBe(204);
      expect(added).toMatchObject([event]);
    });

    test("is not repeated when what follows could not be made; it is when it could not be sent", async () => {
      const unmade = await press({ command: async () => fails(new NothingSentError(DEFECT))() });
      expect(unmade.answer.statusCode).toBe(204);
      expect(unmade.log).not.toContain("BLUEBIRD");
      expect(unmade.log).toContain('"name":"TypeError"');
      const unsent = await press({ command: async () => fails(DEFECT)() });
      expect(unsent.answer.statusCode).toBe(503);
      expect(unsent.added).toMatchObject([unsent.event]);
      expect(unsent.log).not.toContain("BLUEBIRD");
    });
  });

  test.each<Partial<ProviderEvent>>([
    { digits: "4".repeat(60_000) },
    { durationSeconds: -1 },
    { at: "now" },
  ])("that could never be recorded is refused, not put on the queue", async (facts) => {
    const answer = await callBack(pathOf("status"), "genuine", {
      providers: { scripted: puppet(facts) },
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().message).toContain(Object.keys(facts)[0]);
  });

  test("to an api without a public address is refused", async () => {
    const answer = await callBack(pathOf("status"), "genuine", { callbackBaseOf: () => undefined });
    expect(answer.statusCode).toBe(403);
  });
});
