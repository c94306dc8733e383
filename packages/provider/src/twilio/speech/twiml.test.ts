import type { SpokenStep } from "@call-log/model";
import { describe, expect, test } from "vitest";

import { twimlAfter, twimlOf } from "./twiml.ts";

test("each kind of step has its verb, and texts are escaped", () => {
  const twiml = twimlOf(
    [
      { say: "Disk < 5 % & falling" },
      { play: "https://shop.example/alarm.mp3" },
      { pause: 2 },
      {
        gather: {
          say: "Press 4",
          digits: 1,
          timeoutSeconds: 7,
          on: { "4": { acknowledge: true } },
          otherwise: { say: "Nothing was pressed" },
        },
      },
    ],
    { language: "de-DE", voice: "Polly.Vicki", gatherUrl: "https://calls.shop.example/g" },
  );
  expect(twiml).toBe(
    '<?xml version="1.0" encoding="UTF-8"?><Response>' +
      '<Say language="de-DE" voice="Polly.Vicki">Disk &lt; 5 % &amp; falling</Say>' +
      "<Play>https://shop.example/alarm.mp3</Play>" +
      '<Pause length="2"/>' +
      '<Gather action="https://calls.shop.example/g?step=3#rc=5&amp;rp=all" method="POST" input="dtmf" numDigits="1" timeout="7">' +
      '<Say language="de-DE" voice="Polly.Vicki">Press 4</Say></Gather>' +
      '<Say language="de-DE" voice="Polly.Vicki">Nothing was pressed</Say>' +
      "</Response>",
  );
});

describe("a question", () => {
  const QUESTION = {
    gather: {
      say: "Press 4",
      digits: 1,
      timeoutSeconds: 7,
      on: { "4": { acknowledge: true }, "#": {}, "*": { repeat: true, say: "Again" } },
      otherwise: { say: "Bye" },
      onSilence: { repeat: 2 },
    },
  } satisfies SpokenStep;
  const options = {
    language: "de-DE",
    voice: "Polly.Vicki",
    gatherUrl: "https://calls.shop.example/g",
  };
  const after = (digits: string, repeats: number) =>
    twimlAfter([QUESTION, { say: "End" }], { step: 0, digits, repeats }, options);
  const count = (twiml: string, text: string) => twiml.split(text).length - 1;

  test("that awaits # lets every key through; another one ends with # as usual", () => {
    expect(twimlOf([QUESTION], options)).toContain('finishOnKey=""');
    const { "#": _, ...on } = QUESTION.gather.on;
    expect(twimlOf([{ gather: { ...QUESTION.gather, on } }], options)).not.toContain("finishOnKey");
  });

  test("is in the document as often as silence repeats it, so that no request is needed for that", () => {
    const twiml = twimlOf([QUESTION], options);
    expect(count(twiml, "<Gather")).toBe(3);
    expect(twiml.lastIndexOf("</Gather>")).toBeLessThan(twiml.indexOf("Bye"));
  });

  test("comes again after a key that repeats it, with the number of the repetition in its address", () => {
    const twiml = after("*", 0);
    expect(twiml.indexOf("Again")).toBeLessThan(twiml.indexOf("Press 4"));
    expect(count(twiml, "g?step=0&amp;again=1#")).toBe(3);
    expect(twiml).toContain("End");
  });

  test("comes no more after its last repetition", () => {
    expect(after("*", 10)).not.toContain("<Gather");
    expect(after("*", 10)).toContain("Bye");
  });

  test("is answered in the call's language and voice", () => {
    for (const twiml of [after("4", 0), after("9", 0), after("*", 0)])
      expect(count(twiml, "<Say ")).toBe(
        count(twiml, '<Say language="de-DE" voice="Polly.Vicki">'),
      );
    expect(after("9", 0)).toContain('<Say language="de-DE" voice="Polly.Vicki">Bye</Say>');
  });
});
