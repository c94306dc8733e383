import { isGuardedCell, unguardedCell } from "@call-log/export";
import { PROPERTIES, type PropertyKind, type PropertyName } from "@call-log/model";

/** The value of a cell, or why it is invalid. */
export type CellValue = { value: unknown } | { unreadable: string };

/** Kinds of property whose cells hold JSON. */
const JSON_KINDS: ReadonlySet<PropertyKind> = new Set(["json", "relation", "attempts", "texts"]);

const DIGITS_ALONE = /^[\d\s().,/-]+$/;

/** The value of a cell that is not empty, under the name of its column. */
export function cellValue(name: string, cell: string): CellValue {
  const kind = Object.hasOwn(PROPERTIES, name) ? PROPERTIES[name as PropertyName].kind : undefined;
  const text = unguardedCell(cell);
  // A guarded cell is as it was written; a bare one may have been changed by a spreadsheet.
  if (kind === "phone" && !isGuardedCell(cell) && DIGITS_ALONE.test(text))
    return {
      unreadable:
        "has no + and country code, which a spreadsheet may have taken away; write an apostrophe and the whole number, such as '+15559998888",
    };
  if (kind === undefined || !JSON_KINDS.has(kind)) return { value: text };
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { value: text };
  }
}
