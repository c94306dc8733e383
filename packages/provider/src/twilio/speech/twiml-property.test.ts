import { spokenForm, type SpokenStep } from "@call-log/model";
import fc from "fast-check";
import { SaxesParser } from "saxes";
import { expect, test } from "vitest";

import { anySteps, anyText } from "../../testing/any-steps.ts";
import { TWIML_LIMIT } from "./twiml-limit.ts";
import { twimlAfter, twimlOf } from "./twiml.ts";

const gatherUrl = "https://calls.shop.example/hooks/twilio/a-1/secret/gather";

/** What a document says, by a parser that takes well-formed XML 1.0 alone; throws for anything else. */
function saidIn(document: string): string[] {
  const said: string[] = [];
  const parser = new SaxesParser();
  let text = "";
  parser.on("opentag", () => (text = ""));
  parser.on("text", (piece) => (text += piece));
  parser.on("closetag", ({ name }) => name === "Say" && said.push(text));
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(document).close();
  return said;
}

function textsOf(step: SpokenStep): string[] {
  if ("say" in step) return [step.say];
  if (!("gather" in step)) return [];
  const { say, otherwise } = step.gather;
  return otherwise?.say === undefined ? [say] : [say, otherwise.say];
}

const options = fc.record({ language: anyText, voice: anyText, gatherUrl: fc.constant(gatherUrl) });

test("whatever a record holds, the document is well-formed and says the cleaned texts", () => {
  fc.assert(
    fc.property(anySteps, options, (steps, given) => {
      expect(saidIn(twimlOf(steps, given))).toEqual(steps.flatMap(textsOf).map(spokenForm));
    }),
    { numRuns: 500 },
  );
});

test("so does the document that answers digits", () => {
  fc.assert(
    fc.property(anySteps, options, fc.nat({ max: 5 }), (steps, given, step) => {
      const said = saidIn(twimlAfter(steps, { step, digits: "4" }, given));
      const asked = steps[step];
      const branch = asked && "gather" in asked ? [asked.gather.on["4"]!.say!] : [];
      const rest = steps.slice(step + 1).flatMap(textsOf);
      expect(said).toEqual([...branch, ...rest].map(spokenForm));
    }),
    { numRuns: 500 },
  );
});

test("what is measured is what is sent", () => {
  fc.assert(
    fc.property(anySteps, options, (steps, { gatherUrl: gather, ...given }) => {
      const callbackUrls = { gather, status: "", amd: "" };
      const count = TWIML_LIMIT.measure({ steps, ...given, callbackUrls });
      expect(count).toBe(twimlOf(steps, { ...given, gatherUrl }).length);
    }),
  );
});
