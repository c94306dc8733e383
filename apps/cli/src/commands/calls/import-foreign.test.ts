import type { Project } from "@call-log/model";
import { freshDatabase } from "@call-log/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { ImportReport } from "../../import/import-report.ts";
import { cliOn } from "../../testing/cli-on.ts";

const HEADING = "_id,createdAt,toNumber,fromNumber,status,statusMessage,callCostInUSDCents";
const COLUMNS = HEADING.split(",");

let cli: ReturnType<typeof cliOn>;
beforeAll(async () => {
  cli = cliOn(await freshDatabase());
  await cli.json<Project>(["project", "create", "--name", "Shop"]);
});
afterAll(() => cli[Symbol.asyncDispose]());

let last = 0;
function newId(): string {
  last += 1;
  return `376d7300-28fe-11f1-b591-${String(last).padStart(12, "0")}`;
}

function aRow(cells: Record<string, string> = {}): string[] {
  const row: Record<string, string> = {
    _id: newId(),
    createdAt: "2026-11-23T03:12:00.000Z",
    toNumber: "'+15559998888",
    fromNumber: "+15551112222",
    status: "Completed",
    statusMessage: "Zurück",
    callCostInUSDCents: "1.3",
    ...cells,
  };
  return COLUMNS.map((name) => row[name]!);
}

function run(file: string | Buffer, ...more: string[]) {
  return cli.run(["import", "-", ...more], { stdin: [file] });
}

async function messageOf(id: string): Promise<unknown> {
  const { stdout } = await cli.run(["export", "--query", JSON.stringify({ _id: id })]);
  return (JSON.parse(stdout) as { statusMessage: string }).statusMessage;
}

describe("what a spreadsheet has changed is refused with its row, line and field", () => {
  test.each([
    ["toNumber", "1.5556E+10", "what a spreadsheet has made of a number"],
    ["toNumber", "'1.5556E+10", "what a spreadsheet has made of a number"],
    ["fromNumber", '"4,479E+11"', "what a spreadsheet has made of a number"],
    ["toNumber", "15559998888", "has no + and country code"],
    ["toNumber", "030 1234567", "has no + and country code"],
    ["toNumber", "+1555•••••88", "is masked"],
    ["createdAt", "11/23/2026 3:12", "must be a date and time with its zone"],
    ["createdAt", "2026-11-23 03:12:00", "must be a date and time with its zone"],
    ["createdAt", "46349.13", "must be a date and time with its zone"],
    ["_id", "3.76E+23", "must be a UUID"],
    ["callCostInUSDCents", "0x10", "must be a number, as text of digits and a point alone"],
    ["callCostInUSDCents", '" 16"', "must be a number, as text of digits and a point alone"],
    ["callCostInUSDCents", "1e2", "must be a number, as text of digits and a point alone"],
    ["callCostInUSDCents", '"1,3"', "must be a number, as text of digits and a point alone"],
    ["callCostInUSDCents", "Infinity", "must be a number, as text of digits and a point alone"],
  ])("%s: %s", async (field, cell, reason) => {
    const good = aRow({ statusMessage: '"two\r\nlines"' }).join(",");
    const file = [HEADING, good, aRow({ [field]: cell }).join(",")].join("\r\n");
    const report = await cli.json<ImportReport>(["import", "-"], { stdin: [file] });
    expect(report).toMatchObject({ imported: 1, refused: 1 });
    expect(report.refusals).toEqual([
      { row: 2, line: 4, field, reason: expect.stringContaining(reason) },
    ]);
  });

  test.each([
    [{ toNumber: "1.5556E+10" }, "toNumber"],
    [{ callCostInUSDCents: "0x10" }, "callCostInUSDCents"],
    [{ statusMessage: "\ud83d" }, "statusMessage"],
  ])("%j in JSON, too", async (wrong, field) => {
    const row = Object.fromEntries(aRow().map((cell, index) => [COLUMNS[index], cell]));
    const report = await cli.json<ImportReport>(["import", "-"], {
      stdin: [JSON.stringify({ ...row, ...wrong })],
    });
    expect(report.refusals).toEqual([expect.objectContaining({ row: 1, line: 1, field })]);
  });
});

describe("a file that is no call log ends with exit code 1 and words", () => {
  test.each<[string, string | Buffer, RegExp]>([
    ["nothing", "", /FILE: is empty/],
    ["blank lines", "\uFEFF\r\n \n", /FILE: is empty/],
    ["a word", "hello\n", /FILE: is not a CSV file of call logs: its first line has no column _id/],
    [
      "a foreign heading",
      "Name,Phone\r\n",
      /no column _id, createdAt, toNumber, fromNumber, status/,
    ],
    ["foreign rows", "Name,Phone\r\nAda,1\r\n", /FILE: is not a CSV file of call logs/],
    ["a column twice", `${HEADING},status\n`, /FILE: its first line has two columns with the same/],
    ["an answer without data", '{"count": 3}', /FILE: has no call logs/],
    ["a list of nothing that goes on", '{"data": 7, "skip": 0}', /FILE: has no call logs/],
    ["a workbook", Buffer.from("PK\x03\x04…"), /FILE: is a ZIP archive, such as an Excel workbook/],
    ["a compressed file", Buffer.from([0x1f, 0x8b, 8, 0]), /FILE: is compressed; unpack it first/],
    ["UTF-32", Buffer.from([0xff, 0xfe, 0, 0, 0x5f, 0, 0, 0]), /FILE: is UTF-32/],
    [
      "Latin-1",
      Buffer.from(`${HEADING}\n${aRow().join(",")}\n`, "latin1"),
      /FILE: is not UTF-8.*--encoding windows-1252/,
    ],
  ])("%s", async (_, file, words) => {
    const { exitCode, stdout, stderr } = await run(file);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toMatch(words);
    expect(stderr).not.toMatch(/Ada|hello/);
  });

  test("a page that is not JSON lines", async () => {
    const { exitCode, stdout } = await run("{\n  color: red\n}\n");
    expect(exitCode).toBe(1);
    expect(stdout).toContain("0 imported, 0 there already, 3 refused, of 3 rows");
  });

  test.each([
    ["an export of nothing", `${HEADING}\r\n`],
    ["an empty list", " [ ]"],
    ["an answer that found nothing", '{"count":0,"data":[],"skip":0,"limit":10}'],
  ])("%s is one", async (_, file) => {
    expect(await run(file)).toMatchObject({
      exitCode: 0,
      stdout: "0 imported, 0 there already, 0 refused, of 0 rows\n",
    });
  });
});

describe("files of other countries and programs are read", () => {
  const file = (delimiter: string, row: readonly string[]) =>
    `${COLUMNS.join(delimiter)}\r\n${row.join(delimiter)}\r\n`;
  const comma = (row: readonly string[]) => file(",", row);
  const utf16be = (text: string) => Buffer.from(`\uFEFF${text}`, "utf16le").swap16();

  test.each<[string, (row: readonly string[]) => string | Buffer, string[]]>([
    ["a byte order mark", (row) => `\uFEFF${comma(row)}`, []],
    ["semicolons", (row) => file(";", row), []],
    ["tabs", (row) => file("\t", row), []],
    ["a line that says the separator", (row) => `sep=;\r\n${file(";", row)}`, []],
    ["the same with a comma", (row) => `sep=,\n${comma(row)}`, []],
    ["a quoted heading", (row) => comma(row).replace(HEADING, `"${COLUMNS.join('","')}"`), []],
    ["returns alone", (row) => comma(row).replaceAll("\r\n", "\r"), []],
    ["UTF-16 LE", (row) => Buffer.from(`\uFEFF${file("\t", row)}`, "utf16le"), []],
    ["UTF-16 BE", (row) => utf16be(comma(row)), []],
    ["UTF-16 without a mark", (row) => Buffer.from(comma(row), "utf16le"), []],
    [
      "Latin-1 that is said",
      (row) => Buffer.from(comma(row), "latin1"),
      ["--encoding", "windows-1252"],
    ],
  ])("%s", async (_, write, more) => {
    const row = aRow();
    expect(await run(write(row), ...more)).toMatchObject({
      exitCode: 0,
      stdout: "1 imported, 0 there already, 0 refused, of 1 rows\n",
    });
    expect(await messageOf(row[0]!)).toBe("Zurück");
  });

  test("lines are counted from the file's first one", async () => {
    const wrong = aRow({ status: "Queued" });
    const { stdout } = await run(`sep=;\r\n${file(";", wrong)}`);
    expect(stdout).toMatch(/^1 +3 +status +must be a status of a call that is over/m);
  });

  test("JSON that a program wrote as UTF-16", async () => {
    const row = Object.fromEntries(aRow().map((cell, index) => [COLUMNS[index], cell]));
    const text = JSON.stringify([{ ...row, toNumber: "+15559998888" }]);
    expect((await run(Buffer.from(`\uFEFF${text}`, "utf16le"))).exitCode).toBe(0);
  });
});

test("what cannot be decoded is named by its line, and what comes before is imported", async () => {
  const rows = Array.from({ length: 600 }, () => aRow().join(","));
  const broken = Buffer.concat([
    Buffer.from(`${[HEADING, ...rows].join("\n")}\n`),
    Buffer.from(aRow().join(","), "latin1"),
  ]);
  const { stderr } = await run(broken);
  expect(stderr).toMatch(/FILE: is not UTF-8, in line \d+ or further on/);
  expect(stderr).toMatch(/^call-log: \d+ imported, 0 there already/m);
});
