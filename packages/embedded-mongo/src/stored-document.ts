import type { Document } from "bson";

import { decode } from "./bson-bytes.ts";
import { pickFields } from "./pick-fields.ts";
import { type Paths, pickPaths } from "./pick-paths.ts";

/** A document as it is kept: its bytes go out to clients, its decoded form is matched. */
export class StoredDocument {
  /** Position in insertion order, unique in its collection. */
  readonly record: number;
  readonly bytes: Uint8Array;
  #value: Document | undefined;

  constructor(record: number, bytes: Uint8Array, value?: Document) {
    this.record = record;
    this.bytes = bytes;
    this.#value = value;
  }

  /** The decoded document. */
  get value(): Document {
    return (this.#value ??= decode(this.bytes));
  }

  /** The decoded document, or a part that has at least these of its fields. */
  fields(names: ReadonlySet<string>): Document {
    return this.#value ?? decode(pickFields(this.bytes, names));
  }

  /** The decoded document, or a part that has at least what these paths lead to. */
  paths(paths: Paths): Document {
    return this.#value ?? decode(pickPaths(this.bytes, paths));
  }
}
