import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { shortCache } from "./short-cache.ts";

let elapsed = 0;
let reads: string[] = [];

const aMomentLater = () => vi.advanceTimersByTimeAsync(50);

beforeEach(() => {
  elapsed = 0;
  reads = [];
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function recent() {
  return shortCache<string>({ validMs: 500, maxEntries: 2, elapsedMs: () => elapsed });
}

function reading(text: string | null) {
  return async () => {
    reads.push(String(text));
    return text;
  };
}

function slowRead() {
  let end = (_text: string) => {};
  const text = new Promise<string>((resolve) => {
    end = resolve;
  });
  return { read: () => text, end: (given: string) => end(given) };
}

describe("an answer", () => {
  test("is used again until it is too old", async () => {
    const answers = recent();
    expect(await answers.get("a", reading("first"))).toBe("first");
    elapsed = 249;
    expect(await answers.get("a", reading("second"))).toBe("first");
    elapsed = 500;
    expect(await answers.get("a", reading("third"))).toBe("third");
    expect(reads).toEqual(["first", "third"]);
  });

  test("is as old as the beginning of its read", async () => {
    const answers = recent();
    const slow = answers.get("a", async () => {
      elapsed = 400;
      return "slow";
    });
    expect(await slow).toBe("slow");
    elapsed = 500;
    expect(await answers.get("a", reading("new"))).toBe("new");
  });

  test("is read anew in the second half of its time, and nobody waits for that", async () => {
    const answers = recent();
    await answers.get("a", reading("first"));
    elapsed = 249;
    expect(await answers.get("a", reading("too soon"))).toBe("first");
    elapsed = 250;
    expect(await answers.get("a", reading("second"))).toBe("first");
    expect(await answers.get("a", reading("twice"))).toBe("first");
    await aMomentLater();
    expect(await answers.get("a", reading("third"))).toBe("second");
    elapsed = 749;
    expect(await answers.get("a", reading("fourth"))).toBe("second");
    expect(reads).toEqual(["first", "second"]);
  });

  test("that is too old is not used while it is read anew: what is under way is waited for", async () => {
    const answers = recent();
    await answers.get("a", reading("first"));
    elapsed = 400;
    const { read, end } = slowRead();
    await answers.get("a", read);
    await aMomentLater();
    elapsed = 499;
    expect(await answers.get("a", reading("never"))).toBe("first");
    elapsed = 500;
    const waiting = answers.get("a", reading("never"));
    end("second");
    expect(await waiting).toBe("second");
    elapsed = 900;
    expect(await answers.get("a", reading("third"))).toBe("third");
  });

  test("is not brought back by a read that was under way when it was forgotten", async () => {
    const answers = recent();
    await answers.get("a", reading("first"));
    elapsed = 300;
    const { read, end } = slowRead();
    await answers.get("a", read);
    await aMomentLater();
    answers.clear();
    expect(await answers.get("a", reading("after the change"))).toBe("after the change");
    end("before the change");
    await aMomentLater();
    expect(await answers.get("a", reading("never"))).toBe("after the change");
  });

  test("stands until its time is over when it can't be read anew, and is gone when there is none any more", async () => {
    const answers = recent();
    await answers.get("a", reading("first"));
    elapsed = 300;
    await answers.get("a", async () => Promise.reject(new Error("away")));
    await aMomentLater();
    expect(await answers.get("a", reading(null))).toBe("first");
    await aMomentLater();
    expect(await answers.get("a", reading("new"))).toBe("new");
  });

  test("is shared by those who ask while it is read", async () => {
    const answers = recent();
    const both = [answers.get("a", reading("one")), answers.get("a", reading("other"))];
    expect(await Promise.all(both)).toEqual(["one", "one"]);
    expect(reads).toEqual(["one"]);
  });

  test("is forgotten when told, and when there are too many", async () => {
    const answers = recent();
    for (const key of ["a", "b", "c"]) await answers.get(key, reading(key));
    expect(await answers.get("a", reading("a again"))).toBe("a again");
    expect(await answers.get("c", reading("c again"))).toBe("c");
    answers.clear();
    expect(await answers.get("c", reading("c anew"))).toBe("c anew");
  });
});

test("nothing is not used again", async () => {
  const answers = recent();
  expect(await answers.get("a", reading(null))).toBeNull();
  expect(await answers.get("a", reading("now there"))).toBe("now there");
});

test("a failure is everybody's who waits, and is not used again", async () => {
  const answers = recent();
  const failing = async () => Promise.reject(new Error("away"));
  const both = [answers.get("a", failing), answers.get("a", reading("never"))];
  expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual([
    "rejected",
    "rejected",
  ]);
  expect(await answers.get("a", reading("back"))).toBe("back");
});
