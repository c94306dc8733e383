import { expect, test } from "vitest";

import { returnPath } from "./return-path.ts";

test.each(["/", "/calls/1?tag=a%20b", "/costs", "/?sort=-createdAt"])("%s is a page", (path) => {
  expect(returnPath(path)).toBe(path);
});

test.each([
  "//evil.example",
  "/\\evil.example",
  "/%0d/../..//evil.example",
  "https://evil.example/",
  "javascript:alert(1)",
  "\t//evil.example",
  "/\t/evil.example",
  "/oidc/sign-in",
  "evil",
  "",
  undefined,
  ["/calls", "/costs"],
  `/${"a".repeat(3000)}`,
])("%s is none of ours", (wanted) => {
  expect(returnPath(wanted)).toBe("/");
});
