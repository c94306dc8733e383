import { describe, expect, test } from "vitest";

import { issueText } from "../error/issue-text.ts";
import { callRequest } from "./call-request.ts";

const toNumber = "+15559998888";
const HALF = "x\ud83d";
const ID = "376d7300-28fe-11f1-b591-3fdcef396aba";

function textFor(input: object): string {
  const parsed = callRequest.safeParse({ toNumber, say: "Down", ...input });
  if (parsed.success) throw new Error("the input was meant to be refused");
  return issueText(parsed.error);
}

const gather = (texts: { say?: string; branch?: string; otherwise?: string }) => ({
  gather: {
    say: texts.say ?? "Press 4",
    on: { "4": { acknowledge: true, say: texts.branch ?? "Thank you" } },
    otherwise: { say: texts.otherwise ?? "Goodbye" },
  },
});

test("every text is cleaned, wherever it is said", () => {
  const dirty = "\u001b[31mdown\u001b[0m \ud83d\u0007";
  const { say } = callRequest.parse({
    toNumber,
    say: [{ say: dirty }, gather({ say: dirty, branch: dirty, otherwise: dirty })],
  });
  expect(say).toMatchObject([
    { say: "down" },
    { gather: { say: "down", on: { "4": { say: "down" } }, otherwise: { say: "down" } } },
  ]);
});

describe("a text with nothing left to say", () => {
  test.each([
    ["say", ""],
    ["say", "\u0007\u200b"],
    ["say.0.say", [{ say: "\u001b[0m" }]],
    ["say.0.gather.say", [gather({ say: "\ud83d" })]],
    ["say.0.gather.on.4.say", [gather({ branch: " " })]],
    ["say.0.gather.otherwise.say", [gather({ otherwise: "" })]],
  ])("is refused by its place: %s of %j", (place, say) => {
    expect(textFor({ say })).toMatch(`${place}: must have something that can be said`);
  });

  test("is replaced by what the caller gave for it", () => {
    const sayIfEmpty = "An alert without \u0007a text.";
    const parse = (say: unknown) => callRequest.parse({ toNumber, say, sayIfEmpty });
    const instead = "An alert without a text.";
    expect(parse("\u001b[0m")).toMatchObject({ say: [{ say: instead }] });
    expect(parse([{ say: "" }, { pause: 1 }, { say: "Down" }]).say).toEqual([
      { say: instead },
      { pause: 1 },
      { say: "Down" },
    ]);
    expect(parse([gather({ say: "", branch: "\u0007" })]).say).toMatchObject([
      { gather: { say: instead, on: { "4": { say: instead } }, otherwise: { say: "Goodbye" } } },
    ]);
    expect(parse("Down")).not.toHaveProperty("sayIfEmpty");
  });

  test("has to be replaced by something that can be said", () => {
    expect(textFor({ sayIfEmpty: "\u0007" })).toMatch(/^sayIfEmpty: must have something/);
  });
});

test.each([
  ["idempotencyKey", { idempotencyKey: HALF }],
  ["purpose", { purpose: HALF }],
  ["language", { language: HALF }],
  ["voice", { voice: HALF }],
  ["tags.0", { tags: [HALF] }],
  ["timeZone", { timeZone: HALF }],
  ["fromNumber", { fromNumber: HALF }],
  ["incidentId", { incidentId: HALF }],
  ["incident._id", { incident: { _id: HALF } }],
  ["incident.name", { incident: { _id: ID, name: HALF } }],
  ["incident.title", { incident: { _id: ID, title: HALF } }],
  ["incident.email", { incident: { _id: ID, email: HALF } }],
  ["incident.number", { incident: { _id: ID, number: HALF } }],
  ["say.0.play", { say: [{ play: `https://sounds.example/${HALF}` }] }],
])("half a character is refused in %s", (place, input) => {
  expect(textFor(input)).toMatch(`${place}: must `);
});

test("a whole emoji is taken in any of them", () => {
  const whole = "x🔥";
  const incident = { _id: ID, name: whole, title: whole, number: whole };
  const request = { toNumber, say: whole, idempotencyKey: whole, purpose: whole, tags: [whole] };
  expect(callRequest.parse({ ...request, incident })).toMatchObject({ idempotencyKey: whole });
});
