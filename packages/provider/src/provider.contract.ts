import { randomUUID } from "node:crypto";

import { attemptIdOf, providerEvent, type SpokenStep } from "@call-log/model";
import { describe, expect, onTestFinished, test } from "vitest";

import { NothingSentError } from "./nothing-sent-error.ts";
import type { CallbackRequest, CallSnapshot } from "./provider.ts";
import {
  eventsOf,
  otherSignature,
  pressedIn,
  readingWith,
  takeOwnCallbacks,
  withSignature,
} from "./testing/contract-callbacks.ts";
import {
  ACKNOWLEDGED,
  CONTRACT_STEPS,
  endedIn,
  expectRefusal,
  fetchKnown,
  findIds,
  GATHER_STEPS,
  letPass,
  orderTo,
  placeAccepted,
  placeSlowly,
  until,
  untilStatus,
} from "./testing/contract-calls.ts";
import type { ContractSubject, ProviderBench } from "./testing/contract-subject.ts";

const gatherStep = { digits: 1, timeoutSeconds: 10 };

/** What records may hold that were made before texts were cleaned. */
const OLD_TEXTS = {
  "colours of a terminal": "\u001b[31mERROR\u001b[0m disk full",
  "a bell": "down \u0007",
  "half an emoji": "down \ud83d",
  "a noncharacter": "down \uffff",
  "nothing that can be said": "\u0000",
};

/** The suite that each provider must pass. */
export function describeProvider(subject: ContractSubject): void {
  const { name, numbers, setUp, granularityMs = 1, tellsAnsweredAt = true } = subject;
  const { endings = { busy: "busy", noAnswer: "no-answer" } } = subject;
  async function setUpBench(): Promise<ProviderBench> {
    const bench = await setUp();
    takeOwnCallbacks(bench);
    onTestFinished(() => bench.close());
    return bench;
  }

  describe(`${name} keeps the contract of a provider`, () => {
    test("has a name, and its credentials are good", async () => {
      const { provider } = await setUpBench();
      expect(provider.name).toMatch(/^[a-z][a-z0-9-]*$/);
      expect(await provider.check()).toEqual({ ok: true });
    });

    test("says what the account has of a number to call from", async () => {
      const { provider } = await setUpBench();
      const { accountNumbers = {} } = subject;
      const numbersAsked = Object.keys(accountNumbers);
      expect(provider.checkNumber !== undefined).toBe(numbersAsked.length > 0);
      const found = numbersAsked.map(async (number) => [
        number,
        await provider.checkNumber?.(number),
      ]);
      expect(Object.fromEntries(await Promise.all(found))).toEqual(accountNumbers);
    });

    test("an accepted call is known by its id and by its numbers", async () => {
      const bench = await setUpBench();
      const order = orderTo(bench, numbers.presses4);
      const providerCallId = await placeAccepted(bench, order);
      const snapshot = await fetchKnown(bench, providerCallId);
      expect(snapshot).toMatchObject({
        providerCallId,
        toNumber: order.toNumber,
        fromNumber: order.fromNumber,
      });
      expect([undefined, order.attemptId]).toContain(snapshot.attemptId);
      expect(await findIds(bench, order.toNumber)).toEqual([providerCallId]);
    });

    test("two orders are two calls", async () => {
      const bench = await setUpBench();
      const first = await placeAccepted(bench, orderTo(bench, numbers.presses4));
      const second = await placeAccepted(bench, orderTo(bench, numbers.presses4));
      expect(second).not.toBe(first);
      const ids = await findIds(bench, numbers.presses4);
      expect(ids.toSorted()).toEqual([first, second].toSorted());
    });

    test("an id that it never gave is unknown to it", async () => {
      const bench = await setUpBench();
      const providerCallId = await placeAccepted(bench, orderTo(bench, numbers.presses4));
      const other = providerCallId.slice(0, -1) + (providerCallId.endsWith("0") ? "1" : "0");
      expect(await bench.provider.fetchCall(other)).toBeUndefined();
      expect(await bench.provider.endCall(other)).toBeUndefined();
    });

    test("calls are found by both numbers and the time of creation", async () => {
      const bench = await setUpBench();
      const { provider, fromNumber } = bench;
      const providerCallId = await placeAccepted(bench, orderTo(bench, numbers.presses4));
      const { createdAt } = await fetchKnown(bench, providerCallId);
      const search = {
        toNumber: numbers.presses4,
        fromNumber,
        createdSince: createdAt,
      };
      expect(await provider.findCalls(search)).toMatchObject([{ providerCallId, createdAt }]);
      expect(await provider.findCalls({ ...search, toNumber: numbers.busy })).toEqual([]);
      const { fromNumber: _any, ...fromAny } = search;
      const isOurs = (call: CallSnapshot) => call.providerCallId === providerCallId;
      expect((await provider.findCalls(fromAny)).filter(isOurs)).toHaveLength(1);
      expect(await provider.findCalls({ ...search, fromNumber: numbers.busy })).toEqual([]);
      const createdSince = new Date(createdAt.getTime() + granularityMs);
      expect(await provider.findCalls({ ...search, createdSince })).toEqual([]);
    });
  });

  describe(`${name} says what became of "create call"`, () => {
    test.each(Object.entries(numbers.rejected))(
      "rejected for its %s, and nothing is placed",
      async (errorClass, toNumber) => {
        const bench = await setUpBench();
        const result = await bench.provider.placeCall(orderTo(bench, toNumber));
        const errorMessage = expect.stringMatching(/\w/);
        expect(result).toMatchObject({
          kind: "rejected",
          errorClass,
          errorMessage,
        });
        await letPass(bench, 20);
        expect(await findIds(bench, toNumber)).toEqual([]);
        expect(bench.received()).toEqual([]);
      },
    );

    test("nothing is sent, and it says so, when its own code can't make the request", async () => {
      const bench = await setUpBench();
      const order = orderTo(bench, numbers.presses4);
      const broken = Object.defineProperty({ ...order }, "toNumber", {
        enumerable: true,
        get: () => {
          throw new TypeError("not a number");
        },
      });
      await expect(bench.provider.placeCall(broken)).rejects.toBeInstanceOf(NothingSentError);
      await letPass(bench, 20);
      expect(await findIds(bench, numbers.presses4)).toEqual([]);
      expect(bench.received()).toEqual([]);
    });

    test.each(numbers.unknownPlaced)(
      "unknown, and the call exists and calls back (%s)",
      async (toNumber) => {
        const bench = await setUpBench();
        const order = orderTo(bench, toNumber);
        expect(await placeSlowly(bench, order)).toMatchObject({
          kind: "unknown",
        });
        const ids = await findIds(bench, toNumber);
        expect(ids).toHaveLength(1);
        const event = await until(bench, () => eventsOf(bench)[0]);
        expect(event).toMatchObject({
          attemptId: order.attemptId,
          providerCallId: ids[0],
        });
      },
    );

    test.each(numbers.unknownNotPlaced)("unknown, and no call exists (%s)", async (toNumber) => {
      const bench = await setUpBench();
      expect(await placeSlowly(bench, orderTo(bench, toNumber))).toMatchObject({ kind: "unknown" });
      await letPass(bench, 20);
      expect(await findIds(bench, toNumber)).toEqual([]);
      expect(bench.received()).toEqual([]);
    });
  });

  describe(`${name} says whatever a record holds`, () => {
    test.each(Object.entries(OLD_TEXTS))("%s, from before texts were cleaned", async (_, text) => {
      const bench = await setUpBench();
      const branch = { acknowledge: true, say: text };
      const steps: SpokenStep[] = [
        { say: text },
        {
          gather: {
            ...gatherStep,
            say: text,
            on: { "4": branch },
            otherwise: { say: text },
          },
        },
      ];
      const order = {
        ...orderTo(bench, numbers.busy),
        steps,
        language: text,
        voice: text,
      };
      expect(await bench.provider.placeCall(order)).toMatchObject({
        kind: "accepted",
      });
    });

    test("up to its limit, and says how much more that is than it takes", async () => {
      const bench = await setUpBench();
      const { provider } = bench;
      const { speechLimit } = provider;
      if (speechLimit === undefined) return;
      const order = (length: number) => ({
        ...orderTo(bench, numbers.busy),
        steps: [{ say: "x".repeat(length) }],
      });
      const most = speechLimit.most - speechLimit.measure(order(1)) + 1;
      expect(await provider.placeCall(order(most))).toMatchObject({
        kind: "accepted",
      });
      const result = await provider.placeCall(order(most + 1));
      expect(result).toMatchObject({ kind: "rejected", errorClass: "text" });
      const words = `${speechLimit.most + 1} ${speechLimit.unit}, and at most ${speechLimit.most}`;
      expect(result).toMatchObject({
        errorMessage: expect.stringContaining(words),
      });
      expect(await findIds(bench, numbers.busy)).toHaveLength(1);
    });
  });

  describe(`${name} tells the state of a call when asked`, () => {
    test("answered by a person who presses a digit", async () => {
      const bench = await setUpBench();
      const order = orderTo(bench, numbers.presses4);
      const providerCallId = await placeAccepted(bench, order);
      const answered = await untilStatus(bench, providerCallId, "in-progress");
      expect(answered.answeredAt instanceof Date).toBe(tellsAnsweredAt);
      expect(answered.endedAt).toBeUndefined();
      const ended = await untilStatus(bench, providerCallId, "completed");
      expect(ended.answeredAt).toEqual(answered.answeredAt);
      expect(ended.durationSeconds).toBeGreaterThan(0);
      const { answeredAt = ended.createdAt, endedAt } = ended;
      expect(endedAt!.getTime() + granularityMs).toBeGreaterThan(answeredAt.getTime());
    });

    test.each([
      [endings.busy, numbers.busy],
      [endings.noAnswer, numbers.noAnswer],
    ])("%s, at no price", async (status, toNumber) => {
      const bench = await setUpBench();
      const providerCallId = await placeAccepted(bench, orderTo(bench, toNumber));
      const ended = await untilStatus(bench, providerCallId, status);
      expect(ended.answeredAt).toBeUndefined();
      await letPass(bench, 100);
      expect(Number((await fetchKnown(bench, providerCallId)).price?.amount ?? 0)).toBe(0);
    });

    test("the price comes in the end, as decimal text", async () => {
      const bench = await setUpBench();
      const providerCallId = await placeAccepted(bench, orderTo(bench, numbers.presses4));
      const price = await until(bench, async () =>
        subject.pricesByCallback
          ? eventsOf(bench).find(({ status }) => status === "price")?.price
          : (await fetchKnown(bench, providerCallId)).price,
      );
      expect(price.amount).toMatch(/^-?\d+(\.\d+)?$/);
      expect(Number(price.amount)).not.toBe(0);
      expect(price.currency).toMatch(/^[A-Z]{3}$/);
    });
  });

  describe(`${name} ends calls`, () => {
    test.each(
      subject.endableStates ?? [
        ["queued", "canceled"],
        ["ringing", "canceled"],
        ["in-progress", "completed"],
      ],
    )("a call that is %s becomes %s", async (status, ending) => {
      const bench = await setUpBench();
      const { providerCallId } = await endedIn(bench, numbers.presses4, {
        status,
        ending,
      });
      await letPass(bench, 200);
      expect(await fetchKnown(bench, providerCallId)).toMatchObject({
        status: ending,
      });
    });

    test("a call that has ended stays as it is", async () => {
      const bench = await setUpBench();
      const providerCallId = await placeAccepted(bench, orderTo(bench, numbers.busy));
      const status = endings.busy;
      await untilStatus(bench, providerCallId, status);
      expect(await bench.provider.endCall(providerCallId)).toMatchObject({
        status,
      });
      expect(await fetchKnown(bench, providerCallId)).toMatchObject({ status });
    });
  });

  describe(`${name} calls back`, () => {
    test("with every step of an answered call, in terms that a job can carry", async () => {
      const bench = await setUpBench();
      const order = orderTo(bench, numbers.presses4);
      const providerCallId = await placeAccepted(bench, order);
      const events = await until(bench, () => {
        const all = eventsOf(bench);
        return all.some(({ status }) => status === "completed") ? all : undefined;
      });
      const statuses = events.map(({ status }) => status);
      const { reportedSteps = ["ringing", "in-progress", "digits"] } = subject;
      expect(statuses).toEqual(expect.arrayContaining([...reportedSteps]));
      for (const event of events) {
        expect(providerEvent.parse(JSON.parse(JSON.stringify(event)))).toEqual(event);
        expect(event).toMatchObject({
          provider: bench.provider.name,
          attemptId: order.attemptId,
          providerCallId,
          source: "callback",
        });
      }
      expect(events.find(({ status }) => status === "digits")?.digits).toBe("4");
    });

    test("and speaks the branch of the digits that were pressed", async () => {
      const bench = await setUpBench();
      const providerCallId = await placeAccepted(bench, orderTo(bench, numbers.presses4));
      const reading = await until(bench, () => readingWith(bench, "digits"));
      expect(reading.events).toMatchObject([{ status: "digits", digits: "4" }]);
      await until(bench, () => {
        const heard =
          bench.heard?.(providerCallId) ?? reading.reply?.({ steps: CONTRACT_STEPS })?.body ?? "";
        return heard.includes(ACKNOWLEDGED) || undefined;
      });
    });

    test.each([
      ["#", numbers.pressesHash, ["#"]],
      ["* and then 4, for the question comes again", numbers.starThen4, ["*", "4"]],
      ["4 after a silence, for the question comes again", numbers.silenceThen4, ["4"]],
    ])("with %s", async (_what, toNumber, digits) => {
      const bench = await setUpBench();
      await placeAccepted(bench, {
        ...orderTo(bench, toNumber),
        steps: GATHER_STEPS,
      });
      const pressed = await until(bench, () => pressedIn(bench, digits.length));
      expect(pressed.map((event) => event.digits)).toEqual(digits);
      expect(pressed.map(({ step }) => step)).toEqual(digits.map(() => 1));
      expect(pressed.map(({ sequence }) => sequence)).toEqual(
        [undefined, 1].slice(0, digits.length),
      );
    });

    test("of the digits at each question with the question that they answer", async () => {
      const bench = await setUpBench();
      const steps = [...CONTRACT_STEPS, { say: "And now" }, CONTRACT_STEPS[1]!];
      await placeAccepted(bench, {
        ...orderTo(bench, numbers.presses4),
        steps,
      });
      const pressed = await until(bench, () => pressedIn(bench, 2));
      expect(pressed).toMatchObject([
        { digits: "4", step: 1 },
        { digits: "4", step: 3 },
      ]);
    });

    test.each([
      ["human", numbers.presses4],
      ["machine", numbers.voicemail],
    ] as const)("with who answered: %s", async (answeredBy, toNumber) => {
      const bench = await setUpBench();
      await placeAccepted(bench, orderTo(bench, toNumber));
      const reading = await until(bench, () => readingWith(bench, "answered-by"));
      expect(reading.events).toMatchObject([{ status: "answered-by", answeredBy }]);
    });

    test("nowhere when it was given no address", async () => {
      const bench = await setUpBench();
      const { callbackUrls: _, ...order } = orderTo(bench, numbers.presses4);
      if (subject.needsCallbacks) return expectRefusal(bench, order);
      const providerCallId = await placeAccepted(bench, order);
      await untilStatus(bench, providerCallId, "completed");
      await letPass(bench, 20);
      expect(bench.received()).toEqual([]);
    });
  });

  describe.runIf(subject.keepsRecord)(`${name} keeps a record`, () => {
    test("of the events that it reported of a call, each at its time", async () => {
      const bench = await setUpBench();
      const order = orderTo(bench, numbers.presses4);
      const providerCallId = await placeAccepted(bench, order);
      const ended = await untilStatus(bench, providerCallId, "completed");
      const { endedAt = new Date(), createdAt } = ended;
      const { attemptId, toNumber } = order;
      const call = {
        attemptId,
        providerCallId,
        toNumber,
        createdSince: createdAt,
        endedAt,
      };
      const events = await until(bench, async () => {
        const told = (await bench.provider.fetchRecord!(call)) ?? [];
        return told.some(({ status }) => status === "completed") ? told : undefined;
      });
      for (const event of events) {
        expect(providerEvent.parse(JSON.parse(JSON.stringify(event)))).toEqual(event);
        const origin = {
          provider: bench.provider.name,
          attemptId,
          providerCallId,
        };
        expect(event).toMatchObject({ ...origin, source: "record" });
      }
      const pressed = events.find(({ status }) => status === "digits");
      expect(pressed).toMatchObject({ digits: "4", step: 1 });
      const at = new Date(pressed!.at).getTime() + granularityMs;
      expect(at).toBeGreaterThan(createdAt.getTime());
      expect(at).toBeLessThanOrEqual(endedAt.getTime() + 2 * granularityMs);
      expect(events.at(-1)).toMatchObject({ status: "completed" });
    });

    test("in which another attempt has no part", async () => {
      const bench = await setUpBench();
      const order = orderTo(bench, numbers.presses4);
      const providerCallId = await placeAccepted(bench, order);
      const { endedAt = new Date(), createdAt: createdSince } = await untilStatus(
        bench,
        providerCallId,
        "completed",
      );
      const { toNumber } = order;
      const call = { providerCallId: "none", toNumber, createdSince, endedAt };
      const told = await bench.provider.fetchRecord!({
        ...call,
        attemptId: attemptIdOf(randomUUID(), 1),
      }).catch(() => []);
      expect(told ?? []).toEqual([]);
    });
  });

  describe(`${name} refuses forged callbacks`, () => {
    const FORGERIES: Record<string, (genuine: CallbackRequest) => CallbackRequest> = {
      "with a changed body": (genuine) => ({
        ...genuine,
        rawBody: Buffer.concat([genuine.rawBody, Buffer.from("0")]),
      }),
      "at another address": (genuine) => ({
        ...genuine,
        url: `${genuine.url}x`,
      }),
      "for another attempt": (genuine) => {
        const attemptId = attemptIdOf(randomUUID(), 1);
        return {
          ...genuine,
          attemptId,
          url: genuine.url.replace(genuine.attemptId, attemptId),
        };
      },
      "with another signature": (genuine) => withSignature(genuine, otherSignature),
      "with a shorter signature": (genuine) => withSignature(genuine, (text) => text.slice(1)),
      "without a signature": (genuine) => withSignature(genuine, () => undefined),
    };

    const forgeries = Object.entries(FORGERIES).filter(
      ([name]) => name !== "at another address" || subject.signsAddress !== false,
    );
    test.each(forgeries)("%s", async (_, forge) => {
      const bench = await setUpBench();
      await placeAccepted(bench, orderTo(bench, numbers.presses4));
      const genuine = await until(bench, () => bench.received()[0]);
      expect(bench.provider.readCallback(genuine)).toBeDefined();
      expect(bench.provider.readCallback(forge(genuine))).toBeUndefined();
    });
  });
}
