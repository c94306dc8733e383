import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { ledgerCall } from "../../testing/ledger-call.ts";
import { openLedger, readLedger, type Ledger } from "./ledger.ts";

function setUp() {
  const dataDir = mkdtempSync(join(tmpdir(), "ledger-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const path = join(dataDir, "simulated-carrier", "ledger.jsonl");
  const open = () => {
    const ledger = openLedger(dataDir);
    onTestFinished(() => ledger.close());
    return ledger;
  };
  return { dataDir, path, open };
}

const idsOf = (calls: { providerCallId: string }[]) =>
  calls.map(({ providerCallId }) => providerCallId);

const placed = (ledger: Ledger, providerCallId: string) =>
  ledger.append({ type: "call", call: ledgerCall({ providerCallId }) });

test("what was appended is read back as it was, from the file", async () => {
  const { dataDir, path, open } = setUp();
  const call = ledgerCall({ ringTimeoutSeconds: 20, luck: 0.25 });
  await open().append({ type: "call", call });
  expect(await readLedger(dataDir)).toEqual([call]);
  expect(readFileSync(path, "utf8").trim().split("\n")).toHaveLength(1);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test("two that are open on one file see each other's lines", async () => {
  const { open } = setUp();
  const [one, other] = [open(), open()];
  await placed(one, "SIM1");
  expect(other.call("SIM1")).toEqual(one.call("SIM1"));
  const at = new Date("2026-11-23T03:12:05.000Z");
  await other.append({ type: "ending", ending: { providerCallId: "SIM1", at } });
  expect(one.call("SIM1")?.endRequestedAt).toEqual(at);
});

test("the first request to end a call counts", async () => {
  const { open } = setUp();
  const ledger = open();
  await placed(ledger, "SIM1");
  const times = ["2026-11-23T03:12:05.000Z", "2026-11-23T03:12:06.000Z"].map((t) => new Date(t));
  for (const at of times)
    await ledger.append({ type: "ending", ending: { providerCallId: "SIM1", at } });
  expect(ledger.call("SIM1")?.endRequestedAt).toEqual(times[0]);
});

test("many appended at once by two are all there, each once", async () => {
  const { dataDir, open } = setUp();
  const ledgers = [open(), open()];
  const ids = Array.from({ length: 500 }, (_, index) => `SIM${index}`);
  await Promise.all(ids.map((id, index) => placed(ledgers[index % 2]!, id)));
  const found = idsOf(await readLedger(dataDir));
  expect(found).toHaveLength(ids.length);
  expect(new Set(found)).toEqual(new Set(ids));
});

test("a torn last line spoils neither the lines before it nor those after it", async () => {
  const { dataDir, path, open } = setUp();
  const [ledger, other] = [open(), open()];
  await placed(ledger, "SIM1");
  await placed(ledger, "SIM2");
  truncateSync(path, statSync(path).size - 40);
  expect(idsOf(await readLedger(dataDir))).toEqual(["SIM1"]);
  await placed(other, "SIM3");
  expect(idsOf(await readLedger(dataDir))).toEqual(["SIM1", "SIM3"]);
});

test("a line that is still being written is read when it is complete", async () => {
  const { path, open } = setUp();
  const [ledger, reader] = [open(), open()];
  await placed(ledger, "SIM1");
  const line = readFileSync(path, "utf8").trim().replace("SIM1", "SIM2");
  appendFileSync(path, line.slice(0, 40));
  expect(idsOf(reader.calls())).toEqual(["SIM1"]);
  appendFileSync(path, `${line.slice(40)}\n`);
  expect(idsOf(reader.calls())).toEqual(["SIM1", "SIM2"]);
});

test("a foreign line is refused", async () => {
  const { dataDir, path, open } = setUp();
  await placed(open(), "SIM1");
  appendFileSync(path, `{"type":"invoice"}\n`);
  await expect(readLedger(dataDir)).rejects.toThrow("invalid_union");
});

test("tries are counted per call log and number, refused ones too", async () => {
  const { open } = setUp();
  const ledger = open();
  const call = ledgerCall();
  const { toNumber, fromNumber, createdAt: at } = call;
  const second = call.attemptId.replace(/1$/, "2");
  await ledger.append({ type: "call", call });
  const refusal = { attemptId: second, toNumber, fromNumber, at, script: "throttled" };
  await ledger.append({ type: "refusal", refusal });
  expect(ledger.triesSoFar(call.attemptId, toNumber)).toBe(2);
  expect(ledger.triesSoFar(second, toNumber)).toBe(2);
  expect(ledger.triesSoFar(second, fromNumber)).toBe(0);
  expect(ledger.triesSoFar(`4${call.attemptId.slice(1)}`, toNumber)).toBe(0);
  expect(ledger.calls()).toHaveLength(1);
});

test("closed twice it stays closed, and takes nothing more", async () => {
  const { open } = setUp();
  const ledger = open();
  await ledger.close();
  await ledger.close();
  await expect(placed(ledger, "SIM1")).rejects.toThrow("closed");
  expect(() => ledger.calls()).toThrow("closed");
});
