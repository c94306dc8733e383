import { Readable } from "node:stream";
import { text } from "node:stream/consumers";

import type { CallLogView } from "@call-log/model";
import { expect, test } from "vitest";

import { EXPORT_FORMATS } from "./export-format.ts";

const ID = "376d7300-28fe-11f1-b591-3fdcef396aba";

async function written(format: keyof typeof EXPORT_FORMATS, call: object): Promise<string> {
  const view = { _id: ID, ...call } as CallLogView;
  const style = format === "csv" ? { columns: ["_id", "statusMessage"] as const } : {};
  return text(Readable.from([view]).pipe(EXPORT_FORMATS[format](style)));
}

test.each([
  ["a\nb", '"a\nb"'],
  ["a\rb", '"a\rb"'],
  ["a\u2028b", '"a\u2028b"'],
  [" a", '" a"'],
  ["a ", '"a "'],
  ["\uFEFFa", '"\uFEFFa"'],
  ["a;=1", '"a;=1"'],
  ["a\tb", '"a\tb"'],
  ['say "hi"', '"say ""hi"""'],
  ["it's", '"it\'s"'],
  ["é", '"é"'],
  ["=1", '"\'=1"'],
  ["Reached as requested", "Reached as requested"],
  [null, ""],
  ["", '"\'"'],
])("the text %j is the cell %j", async (statusMessage, cell) => {
  expect(await written("csv", { statusMessage })).toBe(`_id,statusMessage\r\n${ID},${cell}\r\n`);
});

test("a line of JSON lines holds no line break of any kind, and no property without a value", async () => {
  const callData = { message: "a\nb\rc\u0085d\u2028e\u2029f", nothing: null };
  const price = { amount: null, currency: null, pricing: "final" };
  const file = await written("jsonl", {
    callData,
    statusMessage: null,
    incident: { _id: ID, title: null },
    attempts: [{ number: 1, provider: null, price, events: [{ by: { kind: "key", name: null } }] }],
  });
  expect(file).not.toMatch(/[\r\u0085\u2028\u2029]|\n(?!$)/);
  expect(JSON.parse(file)).toEqual({
    _id: ID,
    callData,
    incident: { _id: ID },
    attempts: [{ number: 1, price: { pricing: "final" }, events: [{ by: { kind: "key" } }] }],
  });
});
