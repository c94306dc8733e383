import type { Collection } from "mongodb";

import { isDuplicateKey } from "../database-error.ts";
import type { SettingDocument } from "./installation-documents.ts";

/** The document that is written to see whether writes work. */
const CHECK_ID = "lastWriteCheck";

/** Write a small document, with the write concern of everything else. Rejects when it is not written. */
export async function checkWrite(
  settings: Pick<Collection<SettingDocument>, "updateOne">,
  now: () => Date,
): Promise<void> {
  try {
    const value = now().toISOString();
    await settings.updateOne({ _id: CHECK_ID }, { $set: { value } }, { upsert: true });
  } catch (error) {
    // Another process has written it first, on the first check of all.
    if (!isDuplicateKey(error)) throw error;
  }
}
