import { CliError } from "../cli-error.ts";

/** Encodings in which a file can be read, by the names of the WHATWG Encoding Standard. */
export const ENCODINGS = ["utf-8", "utf-16le", "utf-16be", "windows-1252"] as const;

/** Encoding of a file. */
export type Encoding = (typeof ENCODINGS)[number];

/** First bytes of files that are no text, and what to do instead. */
const BINARY: readonly { bytes: readonly number[]; is: string }[] = [
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    is: "is a ZIP archive, such as an Excel workbook; save it as CSV (UTF-8)",
  },
  {
    bytes: [0xd0, 0xcf, 0x11, 0xe0],
    is: "is an old Excel workbook; save it as CSV (UTF-8)",
  },
  { bytes: [0x1f, 0x8b], is: "is compressed; unpack it first: gunzip -c FILE | call-log import -" },
  { bytes: [0xff, 0xfe, 0x00, 0x00], is: "is UTF-32; save it as UTF-8" },
  { bytes: [0x00, 0x00, 0xfe, 0xff], is: "is UTF-32; save it as UTF-8" },
];

/** The encoding of a file by its first bytes. Throws a CliError that says what it is when that is no text. */
export function encodingOf(head: Buffer): Encoding {
  const binary = BINARY.find(({ bytes }) => bytes.every((byte, index) => head[index] === byte));
  if (binary !== undefined) throw new CliError(`FILE: ${binary.is}`);
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  // Call logs begin with ASCII, of which UTF-16 has a zero in each pair of bytes.
  if (head.length >= 4 && head[0] !== 0 && head[1] === 0 && head[3] === 0) return "utf-16le";
  if (head.length >= 4 && head[0] === 0 && head[1] !== 0 && head[2] === 0) return "utf-16be";
  return "utf-8";
}

/**
 * The chunks of a file as UTF-8 without a byte order mark. Throws a CliError at the first one that is not in the
 * encoding.
 */
export async function* decoded(
  chunks: AsyncIterable<Buffer>,
  encoding: Encoding,
): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let lines = 1;
  for await (const chunk of chunks) {
    const text = textOf(() => decoder.decode(chunk, { stream: true }), { encoding, lines });
    lines += text.split("\n").length - 1;
    if (text !== "") yield Buffer.from(text);
  }
  const rest = textOf(() => decoder.decode(), { encoding, lines });
  if (rest !== "") yield Buffer.from(rest);
}

function textOf(decode: () => string, { encoding, lines }: { encoding: Encoding; lines: number }) {
  try {
    return decode();
  } catch (cause) {
    const hint =
      encoding === "utf-8"
        ? "; if it comes from Excel, save it as CSV UTF-8, or say --encoding windows-1252"
        : "";
    throw new CliError(
      `FILE: is not ${encoding.toUpperCase()}, in line ${lines} or further on${hint}`,
      {
        cause,
      },
    );
  }
}
