import { beforeEach, describe, expect, test } from "vitest";

import { shortCache } from "./short-cache.ts";

let elapsed = 0;
let reads: string[] = [];

beforeEach(() => {
  elapsed = 0;
  reads = [];
});

function emptyCache() {
  return shortCache<string>({ validMs: 500, maxEntries: 2, elapsedMs: () => elapsed });
}

function reading(text: string | null) {
  return async () => {
    reads.push(String(text));
    return text;
  };
}

describe("a value", () => {
  test("is returned again until it is too old", async () => {
    const cache = emptyCache();
    expect(await cache.get("a", reading("first"))).toBe("first");
    elapsed = 499;
    expect(await cache.get("a", reading("second"))).toBe("first");
    elapsed = 500;
    expect(await cache.get("a", reading("third"))).toBe("third");
    expect(reads).toEqual(["first", "third"]);
  });

  test("is as old as the start of its load", async () => {
    const cache = emptyCache();
    const slow = cache.get("a", async () => {
      elapsed = 400;
      return "slow";
    });
    expect(await slow).toBe("slow");
    elapsed = 500;
    expect(await cache.get("a", reading("new"))).toBe("new");
  });

  test("is shared by concurrent readers", async () => {
    const cache = emptyCache();
    const both = [cache.get("a", reading("one")), cache.get("a", reading("other"))];
    expect(await Promise.all(both)).toEqual(["one", "one"]);
    expect(reads).toEqual(["one"]);
  });

  test("goes when the cache is cleared, and when there are too many", async () => {
    const cache = emptyCache();
    for (const key of ["a", "b", "c"]) await cache.get(key, reading(key));
    expect(await cache.get("a", reading("a again"))).toBe("a again");
    expect(await cache.get("c", reading("c again"))).toBe("c");
    cache.clear();
    expect(await cache.get("c", reading("c after it"))).toBe("c after it");
  });
});

test("a load that was under way when the cache was cleared is not kept", async () => {
  const cache = emptyCache();
  let end = (_text: string) => {};
  const slow = cache.get("a", () => new Promise<string>((resolve) => (end = resolve)));
  cache.clear();
  end("before the change");
  expect(await slow).toBe("before the change");
  expect(await cache.get("a", reading("after the change"))).toBe("after the change");
});

test("null is not kept", async () => {
  const cache = emptyCache();
  expect(await cache.get("a", reading(null))).toBeNull();
  expect(await cache.get("a", reading("now there"))).toBe("now there");
});

test("a failure reaches every waiting reader, and is not kept", async () => {
  const cache = emptyCache();
  const failing = async () => Promise.reject(new Error("away"));
  const both = [cache.get("a", failing), cache.get("a", reading("never"))];
  expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual([
    "rejected",
    "rejected",
  ]);
  expect(await cache.get("a", reading("back"))).toBe("back");
});
