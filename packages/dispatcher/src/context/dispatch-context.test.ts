import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { expect, test } from "vitest";

const SRC = fileURLToPath(new URL("..", import.meta.url));

/** Those that make the context, and hand it to every worker. */
const MAY_HOLD_ALL = ["dispatcher.ts", "queues/workers.ts"];

test("functions name what they use of the context: Pick, not the whole", () => {
  const whole = readdirSync(SRC, { encoding: "utf8", recursive: true })
    .filter(
      (file) =>
        /(?<!\.test)\.ts$/.test(file) &&
        !file.startsWith("testing/") &&
        !MAY_HOLD_ALL.includes(file),
    )
    .filter((file) => /: DispatchContext\b(?!\[)/.test(readFileSync(`${SRC}/${file}`, "utf8")));
  expect(whole).toEqual([]);
});
