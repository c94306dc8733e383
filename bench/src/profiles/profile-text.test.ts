import { expect, test } from "vitest";

import { profileText } from "./profile-text.ts";

function node(id: number, functionName: string, url: string) {
  return { id, callFrame: { functionName, url, lineNumber: 9 } };
}

test("a profile tells whose the time was, without what was idle", () => {
  const text = profileText({
    nodes: [
      node(1, "(idle)", ""),
      node(2, "parse", "file:///x/node_modules/zod/v4/parse.js"),
      node(3, "list", "file:///x/packages/store/dist/call-reader.js"),
      node(4, "(garbage collector)", ""),
    ],
    samples: [1, 2, 3, 3, 4],
    timeDeltas: [1000, 50, 30, 10, 10],
  });
  expect(text).toBe(
    [
      "by module:",
      " 50.0 %  zod",
      " 40.0 %  packages/store",
      " 10.0 %  (garbage collector)",
      "",
      "by function:",
      " 50.0 %  parse  zod/v4/parse.js:10",
      " 40.0 %  list  store/dist/call-reader.js:10",
      " 10.0 %  (garbage collector)",
    ].join("\n"),
  );
});
