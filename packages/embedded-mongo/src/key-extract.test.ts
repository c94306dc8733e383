import { describe, expect, test } from "vitest";

import { EMPTY_ARRAY_KEY, extractKeys } from "./key-extract.ts";

const keys = (document: unknown, ...paths: string[]): unknown =>
  extractKeys(
    document,
    paths.map((path) => path.split(".")),
  ).keys;

describe("extractKeys", () => {
  test("reads a missing value as null", () => {
    expect(keys({ a: "x" }, "a", "b.c")).toEqual([["x", null]]);
    expect(extractKeys({ c: 1 }, [["a"], ["b"]]).absent).toBe(true);
    expect(extractKeys({ a: null }, [["a"], ["b"]]).absent).toBe(false);
  });

  test("makes one key per element of an array", () => {
    expect(keys({ a: ["x", ["y"]], b: "z" }, "a", "b")).toEqual([
      ["x", "z"],
      [["y"], "z"],
    ]);
    expect(keys({ a: [{ b: "x" }, "y", { b: ["z"] }] }, "a.b")).toEqual([["x"], [null], ["z"]]);
  });

  test("sets an empty array apart from null", () => {
    expect(keys({ a: [] }, "a")).toEqual([[EMPTY_ARRAY_KEY]]);
    expect(keys({ a: [] }, "a.b")).toEqual([[null]]);
  });

  test("takes two fields of one array together and refuses two arrays", () => {
    expect(keys({ a: [{ b: "x", c: "y" }] }, "a.b", "a.c")).toEqual([["x", "y"]]);
    expect(() => keys({ a: ["x"], b: ["y"] }, "a", "b")).toThrow(
      expect.objectContaining({ code: 171 }),
    );
  });
});
