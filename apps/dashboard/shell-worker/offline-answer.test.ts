import { expect, test } from "vitest";

import { offlineAnswer } from "./offline-answer.ts";

const origin = "https://calls.example";
const kindOf = (path: string, mode = "cors", method = "GET") =>
  offlineAnswer({ method, mode, url: new URL(path, origin), origin });

test.each(["/", "/calls/0b1c", "/costs?from=x", "/people/%2B15550100", "/incidents/7", "/index"])(
  "%s is a page of the dashboard",
  (path) => expect(kindOf(path, "navigate")).toBe("page"),
);

test.each(["/docs/", "/docs", "/queues/x", "/oidc/callback?code=1", "/api/x", "/export/calls.csv"])(
  "%s is a page of its own, and is not kept",
  (path) => expect(kindOf(path, "navigate")).toBeUndefined(),
);

test("files named by their content are kept", () => {
  expect(kindOf("/assets/main-3f.js", "no-cors")).toBe("asset");
});

test.each(["/trpc/callLog.getList", "/session", "/health/live", "/", "/calls/0b1c", "/export/x"])(
  "data is not kept: %s",
  (path) => expect(kindOf(path)).toBeUndefined(),
);

test("nor is what is sent, nor what is elsewhere", () => {
  expect(kindOf("/", "navigate", "POST")).toBeUndefined();
  expect(kindOf("https://other.example/assets/x.js")).toBeUndefined();
});
