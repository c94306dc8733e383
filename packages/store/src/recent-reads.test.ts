import { beforeEach, describe, expect, test } from "vitest";

import { recentReads } from "./recent-reads.ts";

let elapsed = 0;
let reads: string[] = [];

beforeEach(() => {
  elapsed = 0;
  reads = [];
});

function recent() {
  return recentReads<string>({ validMs: 500, maxEntries: 2, elapsedMs: () => elapsed });
}

function reading(text: string | null) {
  return async () => {
    reads.push(String(text));
    return text;
  };
}

describe("an answer", () => {
  test("is used again until it is too old", async () => {
    const answers = recent();
    expect(await answers.get("a", reading("first"))).toBe("first");
    elapsed = 499;
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
    answers.forget();
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
