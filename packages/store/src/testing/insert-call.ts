import type { CallRecord } from "@call-log/model";

import type { Store } from "../store.ts";

/** Writes a new call log, and returns it. */
export async function insertCall(store: Store, record: CallRecord): Promise<CallRecord> {
  await store.calls.insert(record);
  return record;
}
