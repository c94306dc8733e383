import { Transform } from "node:stream";

import { type CallLogView, PROPERTIES, RELATION_NAMES } from "@call-log/model";
import { stringify } from "csv-stringify";

import { withoutFormula } from "./csv-formula.ts";

const COLUMNS = Object.keys(PROPERTIES).filter((name) => name !== "project");

const RELATIONS: ReadonlySet<string> = new Set(RELATION_NAMES);

/** Every form in which call logs can be exported: call logs in, text out. */
export const EXPORT_FORMATS = {
  jsonl: toJsonLines,
  csv: toCsv,
} as const satisfies Record<string, () => Transform>;

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
      done(null, `${JSON.stringify(withoutNulls(call))}\n`);
    },
  });
}

// Not inside `callData`, which is the caller's own.
function withoutNulls(call: object): object {
  const entries = Object.entries(call).map(([name, value]: [string, unknown]) =>
    RELATIONS.has(name) && value !== null ? [name, withoutNulls(value as object)] : [name, value],
  );
  return Object.fromEntries(entries.filter(([, value]) => value !== null));
}

/** A heading and one row a call log; objects and lists as JSON. No cell is a formula to a spreadsheet. */
function toCsv(): Transform {
  return stringify({
    header: true,
    columns: COLUMNS,
    record_delimiter: "\r\n",
    cast: {
      string: withoutFormula,
      number: (value) => withoutFormula(String(value)),
      object: (value, { column }) =>
        JSON.stringify(RELATIONS.has(String(column)) ? withoutNulls(value) : value),
    },
  });
}
