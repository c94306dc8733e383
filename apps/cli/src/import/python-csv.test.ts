import { execFileSync, spawn } from "node:child_process";
import { Readable } from "node:stream";
import { json, text } from "node:stream/consumers";

import { EVERY_PROPERTY, EXPORT_FORMATS } from "@call-log/export";
import { type CallRecord, presentCallLog } from "@call-log/model";
import { FIXTURE_PROJECT_ID } from "@call-log/testing";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";

import { anyCallRecord } from "../testing/any-call-record.ts";
import { readCsv } from "./read-csv.ts";

// CI names one, so that it can't be missing there; elsewhere it is the machine's, where it has one.
const python = process.env["PYTHON"] ?? (isThere("python3") ? "python3" : undefined);

function isThere(command: string): boolean {
  try {
    execFileSync(command, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Reads CSV, and writes it again in two dialects. */
const SCRIPT = `
import csv, io, json, sys
csv.field_size_limit(10_000_000)
rows = list(csv.reader(io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", newline="")))
def written(**dialect):
    out = io.StringIO(newline="")
    csv.writer(out, **dialect).writerows(rows)
    return out.getvalue()
json.dump({"rows": rows, "again": [written(), written(delimiter=";", lineterminator="\\n", quoting=csv.QUOTE_ALL)]}, sys.stdout)
`;

async function readByPython(file: string): Promise<{ rows: string[][]; again: string[] }> {
  const child = spawn(python!, ["-c", SCRIPT], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(file);
  return (await json(child.stdout)) as { rows: string[][]; again: string[] };
}

async function csvOf(records: readonly CallRecord[]): Promise<string> {
  const views = records.map((record) => presentCallLog(record, EVERY_PROPERTY));
  const file = await text(Readable.from(views).pipe(EXPORT_FORMATS.csv()));
  // Python before 3.11 reads no NUL.
  return file.replaceAll("\0", "");
}

async function contentsOf(file: string): Promise<unknown[]> {
  const rows = await Readable.from(readCsv(Readable.from([Buffer.from(file)]), file)).toArray();
  return rows.map(({ content }: { content: unknown }) => content);
}

test.runIf(python)(
  "Python's csv module reads the same cells, and what it writes of them is the same call logs",
  async () => {
    const records = fc.array(anyCallRecord(FIXTURE_PROJECT_ID), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(records, async (given) => {
        const file = await csvOf(given);
        const { rows, again } = await readByPython(file);
        expect(rows).toHaveLength(given.length + 1);
        expect(rows).toEqual(parse(file));
        const contents = await contentsOf(file);
        for (const rewritten of again) expect(await contentsOf(rewritten)).toEqual(contents);
      }),
      { numRuns: 15 },
    );
  },
);
