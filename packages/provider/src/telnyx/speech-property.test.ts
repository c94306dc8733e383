import { spokenForm, type GatherStep, type SpokenStep } from "@call-log/model";
import fc from "fast-check";
import { SaxesParser } from "saxes";
import { expect, test } from "vitest";

import { anySteps } from "../testing/any-steps.ts";
import type { CallLabel } from "./call-label.ts";
import { commandAfter } from "./speech.ts";

const LABEL: CallLabel = {
  attemptId: "0123456789abcdef01234567-1",
  to: "+15550100100",
  from: "+15550100999",
  createdAt: "2026-01-01T00:00:00.000Z",
};

/** What JSON that went over the wire as UTF-8 holds. */
function received(body: object): Record<string, unknown> {
  const bytes = Buffer.from(JSON.stringify(body), "utf8");
  return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as Record<
    string,
    unknown
  >;
}

/** What a step makes Telnyx say or do. */
function toSay(step: SpokenStep | undefined): string {
  if (step === undefined) return "hangup";
  if ("say" in step) return spokenForm(step.say);
  if ("gather" in step) return spokenForm(step.gather.say);
  return "play" in step ? new URL(step.play).href : `${step.pause}s`;
}

/** What a command says; of a pause its length, read by an XML parser that takes well-formed documents alone. */
function said(action: string, { payload, payload_type, audio_url }: Record<string, unknown>) {
  if (payload_type !== "ssml") return payload ?? audio_url ?? action;
  let length: string | undefined;
  const parser = new SaxesParser();
  parser.on("opentag", ({ attributes }) => (length ??= attributes["time"]));
  parser.write(String(payload)).close();
  return length;
}

test("whatever a record holds, each command arrives as it was made, with the cleaned text", () => {
  fc.assert(
    fc.property(anySteps, fc.nat({ max: 4 }), (steps, index) => {
      const step = steps[index];
      const before: CallLabel = { ...LABEL, speaking: { step: index - 1, part: "branch" } };
      const label = index === 0 ? LABEL : before;
      const command = commandAfter({ kind: index === 0 ? "answered" : "spoken" }, label, steps)!;
      const body = received(command.body);
      expect(body).toEqual(command.body);
      expect(said(command.action, body)).toBe(toSay(step));
    }),
    { numRuns: 500 },
  );
});

const gathers = anySteps.filter((steps) => steps.some((step) => "gather" in step));

test("and the branch of the digits that were pressed", () => {
  fc.assert(
    fc.property(gathers, fc.constantFrom("4", "9"), (steps, digits) => {
      const step = steps.findIndex((one) => "gather" in one);
      const asked = steps[step] as GatherStep;
      const label: CallLabel = { ...LABEL, speaking: { step, part: "step" } };
      const body = received(commandAfter({ kind: "gathered", digits }, label, steps)!.body);
      const { on, otherwise } = asked.gather;
      expect(body["payload"]).toBe(spokenForm((digits === "4" ? on["4"] : otherwise)!.say!));
    }),
    { numRuns: 500 },
  );
});
