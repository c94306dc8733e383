import { expect, test } from "vitest";

import { twimlOf } from "./twiml.ts";

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
