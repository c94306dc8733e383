import { expect, test } from "vitest";

import { withSection } from "./results-file.ts";

test("a new section is added, a present one replaced, others stay", () => {
  const first = withSection("# Results\n", "reads", "old");
  expect(first).toBe("# Results\n\n<!-- reads -->\n\nold\n\n<!-- end of reads -->\n");
  const both = withSection(first, "dispatch", "calls");
  expect(withSection(both, "reads", "new")).toBe(both.replace("old", "new"));
});
