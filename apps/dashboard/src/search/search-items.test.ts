import { expect, test } from "vitest";

import { COMMANDS, commandsFor } from "./commands.ts";
import { type Found, type FoundCall, groupsOf, reachInWords } from "./search-items.ts";

const call: FoundCall = {
  _id: "a",
  createdAt: "2026-11-24T03:12:00.000Z",
  toNumber: "+15550100100",
  status: "Busy",
  statusMessage: "The line was busy",
  text: "The database is down",
  tags: ["night"],
  user: { _id: "u", name: "Grace" },
  incident: { _id: "i", name: "Fire" },
};
const NOTHING: Found = {
  people: [],
  incidents: [],
  calls: [],
  texts: [],
  among: null,
  isCut: false,
  leftOut: [],
};

test("each result opens its page", () => {
  const found = { ...NOTHING, people: [call], incidents: [call], calls: [call], texts: [call] };
  const shown = groupsOf(found).map(({ title, items }) => [title, items[0]?.label, items[0]?.href]);
  expect(shown).toEqual([
    ["People and numbers", "Grace · +15550100100", "/people/%2B15550100100"],
    ["Incidents", "Fire", "/incidents/i"],
    ["Calls", "Grace · +15550100100", "/calls/a"],
    ["Texts", "Grace · +15550100100", "/calls/a"],
  ]);
  expect(groupsOf(NOTHING)).toEqual([]);
});

test("a masked number is no address: the person's id is, or the call", () => {
  const masked = { ...call, toNumber: "+1555•••••00", user: { _id: "u", name: null } };
  const hrefOf = (one: FoundCall) => groupsOf({ ...NOTHING, people: [one] })[0]?.items[0]?.href;
  expect(hrefOf(masked)).toBe("/people/u");
  expect(hrefOf({ ...masked, user: { _id: null, name: null } })).toBe("/calls/a");
});

test.each([
  [{}, ""],
  [
    { among: 10_000 },
    "Parts within a word, and three digits of a number: among the last 10,000 calls.",
  ],
  [{ leftOut: ["numbers", "names"] }, "Not searched, because you see them masked: numbers, names."],
  [
    { isCut: true },
    "Perhaps not every name, incident and text was searched: it took too long. Try again, or use filters.",
  ],
])("where was looked: %j", (part, words) => {
  expect(reachInWords({ ...NOTHING, ...part })).toBe(words);
});

const labels = (text: string, may: Parameters<typeof commandsFor>[1]["may"]) =>
  commandsFor(text, { may, canResume: false }).map(({ label }) => label);

test.each([
  ["stop", ["Pause project"]],
  ["place", ["Place a call"]],
  ["CO", ["Costs", "Settings"]],
  ["keys", ["API keys", "Keyboard shortcuts"]],
  ["no such screen", []],
])("%j finds %j", (text, found) => {
  expect(labels(text, ["read", "see-numbers", "dispatch", "administer"])).toEqual(found);
});

test("resuming is offered while something is paused, to those who may", () => {
  const found = (may: Parameters<typeof labels>[1], canResume: boolean) =>
    commandsFor("resume", { may, canResume }).map(({ label }) => label);
  expect(found(["administer"], true)).toEqual(["Resume calls"]);
  expect(found(["administer"], false)).toEqual([]);
  expect(found(["read"], true)).toEqual([]);
});

test("only what is allowed is offered", () => {
  expect(labels("stop", ["read"])).toEqual([]);
  expect(labels("", ["read"])).not.toContain("Place a call");
  expect(labels("", ["operate"])).toContain("Installation");
  expect(COMMANDS.every(({ path }) => path !== undefined)).toBe(true);
});
