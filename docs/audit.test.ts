import { expect, test } from "vitest";

import { ACTS, type ActEntry, projectSettings } from "../packages/model/src/index.ts";
import { section, tableRows, textOf } from "./markdown.ts";

test("docs/reference/audit.md has every act with all that its line may hold", () => {
  const settings = Object.keys(projectSettings.shape).join();
  const rows = tableRows(section(textOf("docs/reference/audit.md"), "Acts"));
  const plain = (row: readonly string[]) => row.map((cell) => cell.replaceAll("`", ""));
  expect(rows.map(plain)).toEqual(
    Object.entries<ActEntry>(ACTS).map(([name, { description, target, fields, facts }]) => {
      const shown = fields.join() === settings ? ["every setting"] : fields;
      return plain([name, description, target ?? "–", [...shown, ...facts].join(", ") || "–"]);
    }),
  );
});
