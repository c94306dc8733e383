import { Readable } from "node:stream";
import { text } from "node:stream/consumers";

import { EXPORT_FORMAT_NAMES, EXPORT_FORMATS, exportCalls } from "@call-log/export";
import { queryInput, type CallRecord } from "@call-log/model";
import { connectStore, type Store } from "@call-log/store";
import { collectionsOf } from "@call-log/store/testing";
import { FIXTURE_PROJECT_ID, freshDatabase, databaseRuns } from "@call-log/testing";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";

import { anyCallRecord } from "../testing/any-call-record.ts";
import { FILE_FORMATS } from "./file-format.ts";
import { importCalls } from "./import-calls.ts";
import { emptyReport, type ImportReport } from "./import-report.ts";

const projectId = FIXTURE_PROJECT_ID;
const { signal } = new AbortController();

let source: Store;
let copy: Store;
const closing: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  [source, copy] = [await freshStore(), await freshStore()];
});
afterAll(async () => {
  for (const close of closing) await close();
});

async function freshStore(): Promise<Store> {
  const database = await freshDatabase();
  const store = await connectStore(database);
  closing.unshift(async () => {
    await store.close();
    await database.close();
  });
  return store;
}

type Format = (typeof EXPORT_FORMAT_NAMES)[number];

async function exported(store: Store, format: Format): Promise<string> {
  const calls = exportCalls({
    reader: store.createReader(),
    projectId,
    query: queryInput.parse(null),
    signal,
  });
  return text(Readable.from(calls).pipe(EXPORT_FORMATS[format]()));
}

async function imported(store: Store, format: Format, file: string): Promise<ImportReport> {
  const report = emptyReport();
  const rows = FILE_FORMATS[format](Readable.from([Buffer.from(file)]), file);
  const { calls } = store;
  const onBatch = () => Promise.resolve();
  await importCalls(rows, { calls, projectId, from: 1, report, signal, onBatch });
  return report;
}

async function keepOnly(store: Store, records: readonly CallRecord[]): Promise<void> {
  await collectionsOf(store).callLogs.deleteMany({});
  if (records.length > 0) await collectionsOf(store).callLogs.insertMany([...records]);
}

const anyCallRecords = fc.uniqueArray(anyCallRecord(projectId), {
  selector: ({ _id }) => _id,
  minLength: 1,
  maxLength: 8,
});

test.each(EXPORT_FORMAT_NAMES)(
  "any call logs that are over are the same after export and import as %s, to the byte",
  async (format) => {
    await fc.assert(
      fc.asyncProperty(anyCallRecords, async (records) => {
        await keepOnly(source, records);
        await keepOnly(copy, []);
        const file = await exported(source, format);
        const report = await imported(copy, format, file);
        expect(report).toMatchObject({ imported: records.length, refused: 0, ignored: {} });
        expect(await exported(copy, format)).toBe(file);
        // Where they come from, they are there already.
        const again = await imported(source, format, file);
        expect(again).toMatchObject({ present: records.length, refusals: [] });
      }),
      { numRuns: databaseRuns(100) },
    );
  },
);
