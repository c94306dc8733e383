import type { Collections } from "../collections.ts";
import { type CallReader, type CallReaderOptions, createCallReader } from "../reads/call-reader.ts";

const MINUTE_MS = 60_000;

/** A reader that answers in one part, and not with an error, however busy the machine is. */
export function patientReader(
  collections: Pick<Collections, "callLogs" | "periodSums">,
  options: CallReaderOptions = {},
): CallReader {
  return createCallReader(collections, { timeLimitMs: MINUTE_MS, sliceMs: MINUTE_MS, ...options });
}
