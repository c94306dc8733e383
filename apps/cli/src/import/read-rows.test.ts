import { Readable } from "node:stream";

import fc from "fast-check";
import { expect, test } from "vitest";

import { FILE_FORMATS, type FileFormat, fileFormatOf } from "./file-format.ts";
import type { SourceRow } from "./source-row.ts";

const HEADING = "_id,createdAt,toNumber,fromNumber,status";

async function rowsOf(
  format: FileFormat,
  text: string,
  chunkSize = text.length,
): Promise<SourceRow[]> {
  const bytes = Buffer.from(text);
  const chunks = Array.from({ length: Math.ceil(bytes.length / (chunkSize || 1)) }, (_, index) =>
    bytes.subarray(index * chunkSize, (index + 1) * chunkSize),
  );
  const source = Readable.from(chunks, { objectMode: false });
  return Readable.from(FILE_FORMATS[format](source, text)).toArray() as Promise<SourceRow[]>;
}

async function valuesOf(format: FileFormat, text: string, chunkSize?: number): Promise<unknown[]> {
  const rows = await rowsOf(format, text, chunkSize);
  return rows.map(({ content }) => ("value" in content ? content.value : content.unreadable));
}

test.each([
  ['[{"a":1}]', "json"],
  ['\uFEFF [\n{"a":1}]', "json"],
  ['{"count":1,"data":[{"a":1}]}', "json"],
  ['{\n  "data": [', "json"],
  ['{"_id":"x"}\n{"_id":"y"}', "jsonl"],
  ["_id,status\nx,y", "csv"],
  ["", "csv"],
])("%j is %s", (head, format) => expect(fileFormatOf(head)).toBe(format));

test.each([
  ["an array", '[{"a":1},{"b":[{"data":[7]}]}]'],
  ["a get-list answer", '{"count":2,"data":[{"a":1},{"b":[{"data":[7]}]}],"skip":0,"limit":10}'],
  ["pages after another", '{"count":2,"data":[{"a":1}]}\n{"data":[{"b":[{"data":[7]}]}]}'],
])("rows of %s", async (_, text) => {
  expect(await valuesOf("json", text)).toEqual([{ a: 1 }, { b: [{ data: [7] }] }]);
});

test("any rows come back from any form, wherever its bytes are cut", async () => {
  const rows = fc.array(
    fc.record({ _id: fc.uuid(), callData: fc.dictionary(fc.string(), fc.jsonValue()) }),
    { maxLength: 5 },
  );
  await fc.assert(
    fc.asyncProperty(rows, fc.integer({ min: 1, max: 40 }), async (given, chunkSize) => {
      const expected = JSON.parse(JSON.stringify(given)) as unknown[];
      const lines = given.map((row) => `${JSON.stringify(row)}\n`).join("");
      expect(await valuesOf("json", JSON.stringify(given), chunkSize)).toEqual(expected);
      expect(await valuesOf("json", JSON.stringify({ data: given }, null, 2), chunkSize)).toEqual(
        expected,
      );
      expect(await valuesOf("jsonl", lines, chunkSize)).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});

test("a bad line of JSON lines is reported by its number and stops no other", async () => {
  expect(await rowsOf("jsonl", '{"a":1}\r\n\n{"a":\n{"a":3}')).toEqual([
    { number: 1, line: 1, content: { value: { a: 1 } } },
    { number: 2, line: 3, content: { unreadable: "is not JSON" } },
    { number: 3, line: 4, content: { value: { a: 3 } } },
  ]);
});

test("a line of JSON lines ends with a line feed alone, as other programs write them", async () => {
  const rows = [{ a: "x\u2028y\u2029z\u0085" }, { a: "\uFEFF" }];
  const file = rows.map((row) => JSON.stringify(row)).join("\r\n");
  for (const chunkSize of [1, 7, 1000])
    expect(await valuesOf("jsonl", file, chunkSize)).toEqual(rows);
});

test("what is not JSON ends with the number of the row before it", async () => {
  await expect(rowsOf("json", '[{"a":1},{"a":2},{"a" 3}]', 3)).rejects.toThrow(
    /^FILE: is not JSON, some way after row 2: /,
  );
  await expect(rowsOf("json", '[{"a":1},{"a":2')).rejects.toThrow(
    /^FILE: is not JSON, some way after row 1: /,
  );
});

test("cells of CSV: JSON in columns of objects, dotted columns, empty is nothing, apostrophes before formulas go", async () => {
  const text = [
    "\uFEFF_id,toNumber,callData,incident.title,tags,statusMessage,createdAt,fromNumber,status",
    `x,'+15559998888,"{""message"":""a,b"",\n""n"":1}",Disk,"[""db""]",',,,`,
    "y,+1,not json,,,'=1,,,'1.5",
    "z,too,few",
  ].join("\r\n");
  expect(await rowsOf("csv", text)).toEqual([
    {
      number: 1,
      line: 2,
      content: {
        value: {
          _id: "x",
          toNumber: "+15559998888",
          callData: { message: "a,b", n: 1 },
          incident: { title: "Disk" },
          tags: ["db"],
          statusMessage: "",
        },
      },
    },
    {
      number: 2,
      line: 4,
      content: {
        value: {
          _id: "y",
          toNumber: "+1",
          callData: "not json",
          statusMessage: "=1",
          status: "1.5",
        },
      },
    },
    { number: 3, line: 5, content: { unreadable: "has 3 cells where the heading has 9" } },
  ]);
});

test("a quote that is never closed is reported", async () => {
  await expect(rowsOf("csv", `${HEADING}\n${"x,".repeat(4)}y\nz,"open`)).rejects.toThrow(
    /^FILE: is not CSV: Quote Not Closed.* line 3/,
  );
});

test.each(["json", "jsonl", "csv"] as const)(
  "%s is read no further ahead than a few chunks, however long it is",
  async (format) => {
    const row = {
      _id: "376d7300-28fe-11f1-b591-3fdcef396aba",
      createdAt: "x",
      toNumber: "+1",
      fromNumber: "+2",
      status: "Success",
    };
    const first = { json: "[", jsonl: "", csv: `${HEADING}\n` }[format];
    const line = {
      json: `${JSON.stringify(row)},`,
      jsonl: `${JSON.stringify(row)}\n`,
      csv: `${Object.values(row).join(",")}\n`,
    }[format];
    let given = 0;
    function* endless() {
      yield first;
      for (;;) {
        given += 100;
        yield line.repeat(100);
      }
    }
    const source = Readable.from(endless(), { objectMode: false });
    for await (const { number, content } of FILE_FORMATS[format](source, first)) {
      expect(content).toEqual({ value: row });
      expect(given - number).toBeLessThan(10_000);
      if (number === 20_000) break;
    }
  },
);
