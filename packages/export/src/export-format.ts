import { Transform } from "node:stream";

import { type CallLogView, RELATION_NAMES } from "@call-log/model";
import { stringify } from "csv-stringify";

import { guardedCell } from "./csv-guard.ts";
import { CSV_ROWS } from "./csv-rows.ts";
import { type ExportColumn, PROPERTY_COLUMNS } from "./export-column.ts";
import { plainDecimal } from "./plain-decimal.ts";

const RELATIONS: ReadonlySet<string> = new Set(RELATION_NAMES);

// JSON leaves these bare; many readers take them for the end of a line.
const LINE_BREAKS = /[\u0085\u2028\u2029]/g;

/** How call logs are written. */
export interface ExportStyle {
  /** CSV begins with a byte order mark, by which Excel knows UTF-8. */
  excel?: boolean | undefined;
  /** Columns of CSV in their order; every property when absent. */
  columns?: readonly ExportColumn[] | undefined;
}

/** Every form in which call logs can be exported: call logs in, text out. */
export const EXPORT_FORMATS = {
  jsonl: toJsonLines,
  csv: toCsv,
} as const satisfies Record<string, (style?: ExportStyle) => Transform>;

/** All forms. */
export const EXPORT_FORMAT_NAMES = Object.keys(EXPORT_FORMATS) as [
  keyof typeof EXPORT_FORMATS,
  ...(keyof typeof EXPORT_FORMATS)[],
];

/** One JSON object a line; properties without a value are left out. */
function toJsonLines(): Transform {
  return new Transform({
    writableObjectMode: true,
    transform(call: CallLogView, _encoding, done) {
      const json = JSON.stringify(withoutNulls(call)).replaceAll(LINE_BREAKS, escaped);
      done(null, `${json}\n`);
    },
  });
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

// Not inside `callData`, which is the caller's own.
function withoutNulls(call: CallLogView): object {
  const entries = Object.entries(call).map(([name, value]: [string, unknown]) => [
    name,
    withoutInnerNulls(name, value),
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value !== null));
}

function withoutInnerNulls(name: string, value: unknown): unknown {
  return RELATIONS.has(name) || name === "attempts" ? given(value) : value;
}

function given(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(given);
  const entries = Object.entries(value).map(([name, inner]) => [name, given(inner)]);
  return Object.fromEntries(entries.filter(([, inner]) => inner !== null));
}

/** A heading and one row a call log; objects and lists as JSON. No cell is a formula to a spreadsheet. */
function toCsv({ excel = false, columns }: ExportStyle = {}): Transform {
  return stringify({
    bom: excel,
    header: true,
    columns: [...(columns ?? PROPERTY_COLUMNS)],
    ...CSV_ROWS,
    cast: {
      string: guardedCell,
      number: plainDecimal,
      object: (value: object, { column }) =>
        JSON.stringify(withoutInnerNulls(String(column), value)),
    },
  });
}
