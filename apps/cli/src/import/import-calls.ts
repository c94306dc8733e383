import { isDeepStrictEqual } from "node:util";

import { EVERY_PROPERTY } from "@call-log/export";
import { type CallRecord, presentCallLog } from "@call-log/model";
import { importedCallRecord, type CallStore, type ImportRefusal } from "@call-log/store";

import { addIgnored, addRefusal, type ImportReport, type RefusedRow } from "./import-report.ts";
import type { SourceRow } from "./source-row.ts";

/** Rows that are written at a time; what an import holds in memory. */
const BATCH_SIZE = 500;

/** Where rows go, and the callbacks that report progress. */
export interface ImportOptions {
  calls: Pick<CallStore, "insertMany">;
  projectId: string;
  /** Number of the first row to look at; those before it are skipped. */
  from: number;
  /** Kept up to date, also when the import fails. */
  report: ImportReport;
  signal: AbortSignal;
  /** Called after every batch, with its refused rows. */
  onBatch: (refused: RefusedRow[]) => Promise<void>;
}

interface Candidate {
  row: SourceRow;
  record: CallRecord;
}

/** Import rows in batches. What is there already stays as it is, so the same rows may be imported again. */
export async function importCalls(
  rows: AsyncIterable<SourceRow>,
  options: ImportOptions,
): Promise<void> {
  const { report, from, signal } = options;
  for await (const batch of batchesOf(rows)) {
    const refused = await importBatch(
      batch.filter(({ number }) => number >= from),
      options,
    );
    report.settledRow = batch.at(-1)!.number;
    await options.onBatch(refused);
    if (signal.aborted) return;
  }
  report.complete = true;
}

// Rows before the broken part of a file are imported.
async function* batchesOf(rows: AsyncIterable<SourceRow>): AsyncGenerator<SourceRow[]> {
  let batch: SourceRow[] = [];
  try {
    for await (const row of rows) {
      batch.push(row);
      if (batch.length < BATCH_SIZE) continue;
      yield batch;
      batch = [];
    }
  } catch (error) {
    if (batch.length > 0) yield batch;
    throw error;
  }
  if (batch.length > 0) yield batch;
}

async function importBatch(
  rows: readonly SourceRow[],
  options: ImportOptions,
): Promise<RefusedRow[]> {
  const { report, projectId } = options;
  const refused: RefusedRow[] = [];
  const candidates: Candidate[] = [];
  for (const row of rows) {
    const mapped = mapRow(row, projectId);
    if (mapped.record === undefined) refused.push(addRefusal(report, row, mapped.refusal));
    else {
      addIgnored(report, mapped.ignored);
      candidates.push({ row, record: mapped.record });
    }
  }
  refused.push(...(await writeCandidates(candidates, options)));
  report.read += rows.length;
  return refused;
}

function mapRow({ content }: SourceRow, projectId: string): ReturnType<typeof importedCallRecord> {
  if ("value" in content) return importedCallRecord(content.value, projectId);
  const { field = "", unreadable } = content;
  return { record: undefined, refusal: { field, reason: unreadable } };
}

async function writeCandidates(
  candidates: readonly Candidate[],
  { calls, report }: ImportOptions,
): Promise<RefusedRow[]> {
  const answers = await calls.insertMany(candidates.map(({ record }) => record));
  return answers.flatMap((answer, index) => {
    const { row, record } = candidates[index]!;
    // The import stops at this batch, and goes on with it when it is run again.
    if (answer instanceof Error) throw answer;
    const { inserted, record: present } = answer;
    const refusal = inserted ? undefined : conflictOf(record, present);
    if (refusal !== undefined) return [addRefusal(report, row, refusal)];
    if (inserted) report.imported += 1;
    else report.present += 1;
    return [];
  });
}

function conflictOf(record: CallRecord, present: CallRecord): ImportRefusal | undefined {
  if (present.projectId !== record.projectId)
    return { field: "_id", reason: "is taken by a call log of another project" };
  // As an import would write it, since an import changes some values, such as a pending price.
  const found = importedCallRecord(exported(present), record.projectId).record;
  if (found !== undefined && isDeepStrictEqual(exported(record), exported(found))) return undefined;
  return { field: "_id", reason: "is there already with other content, which stays as it is" };
}

// As JSON has it: no negative zero, no order of keys, no class of a value.
function exported(call: CallRecord): unknown {
  return JSON.parse(JSON.stringify(presentCallLog(call, EVERY_PROPERTY)));
}
