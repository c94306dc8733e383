const FIRST_SIZE = 4096;
const ESCAPED_ZERO = 0xff;
const STRING_END = 1;

/** Collects the bytes of a key; the buffer is used again for the next key. */
export class KeyWriter {
  #bytes = Buffer.allocUnsafe(FIRST_SIZE);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Returns a copy of what was written since the last time, and begins again. */
  take(): Buffer {
    const key = Buffer.from(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    return key;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length] = value;
    this.#length += 1;
  }

  uint32(value: number): void {
    this.#reserve(4);
    this.#length = this.#bytes.writeUInt32BE(value, this.#length);
  }

  uint64(value: bigint): void {
    this.#reserve(8);
    this.#length = this.#bytes.writeBigUInt64BE(value, this.#length);
  }

  /** Writes a double so that the order of bytes is the order of numbers; NaN comes first. */
  double(value: number): void {
    this.#reserve(8);
    const at = this.#length;
    this.#length += 8;
    if (Number.isNaN(value)) {
      this.#bytes.fill(0, at, this.#length);
      return;
    }
    // Zero and minus zero are one number.
    this.#bytes.writeDoubleBE(value === 0 ? 0 : value, at);
    if (value < 0) this.invertFrom(at);
    else this.#bytes[at] = (this.#bytes[at] as number) | 0x80;
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Writes a string so that it ends before every longer one that begins with it. */
  text(value: string): void {
    // A unit of UTF-16 has at most three bytes in UTF-8.
    this.#reserve(value.length * 3 + 2);
    const from = this.#length;
    this.#length += this.#bytes.write(value, from, "utf8");
    if (this.#bytes.subarray(from, this.#length).includes(0)) this.#escapeZeros(from);
    this.#reserve(2);
    this.#bytes[this.#length] = 0;
    this.#bytes[this.#length + 1] = STRING_END;
    this.#length += 2;
  }

  #escapeZeros(from: number): void {
    const plain = Buffer.from(this.#bytes.subarray(from, this.#length));
    this.#length = from;
    for (const byte of plain) {
      this.byte(byte);
      if (byte === 0) this.byte(ESCAPED_ZERO);
    }
  }

  /** Turns the order of what was written since a position round. */
  invertFrom(position: number): void {
    for (let at = position; at < this.#length; at += 1)
      this.#bytes[at] = ~(this.#bytes[at] as number) & 0xff;
  }

  #reserve(size: number): void {
    if (this.#length + size <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.#length + size));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
