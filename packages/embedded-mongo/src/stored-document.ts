import type { Document } from "bson";

/** A document as it is kept: its bytes go out to clients, its decoded form is matched. */
export interface StoredDocument {
  /** Position in insertion order, unique in its collection. */
  readonly record: number;
  readonly bytes: Uint8Array;
  readonly value: Document;
}
