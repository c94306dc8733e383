import { MAX_KEY_REPEATS, say, type SpokenStep } from "@call-log/model";
import { describe, expect, test } from "vitest";

import { fromClientState, type CallLabel } from "./call-label.ts";
import { commandAfter, type Command, type Cue } from "./speech.ts";

const LABEL: CallLabel = {
  attemptId: "0123456789abcdef01234567-1",
  to: "+15550100100",
  from: "+15550100999",
  createdAt: "2026-01-01T00:00:00.000Z",
  language: "de-DE",
};

const STEPS: SpokenStep[] = [
  { say: "One" },
  { pause: 2 },
  { play: "https://sounds.example/two.mp3" },
  {
    gather: {
      say: "Press 4",
      digits: 1,
      timeoutSeconds: 5,
      on: { "4": { acknowledge: true, say: "Thanks" }, "5": {} },
      otherwise: { say: "Nothing heard" },
    },
  },
  { say: "Bye" },
];

/** Drives a call to its end; what was commanded, in order. */
function drive(digits: string): Command[] {
  const commands: Command[] = [];
  let [label, cue] = [LABEL, { kind: "answered" } as Cue];
  for (;;) {
    const command = commandAfter(cue, label, STEPS);
    if (command === undefined) throw new Error("nothing follows");
    commands.push(command);
    if (command.action === "hangup") return commands;
    label = fromClientState(command.body["client_state"])!;
    cue =
      command.action === "gather_using_speak" ? { kind: "gathered", digits } : { kind: "spoken" };
  }
}

const spoken = (commands: Command[]) =>
  commands.map(({ action, body }) => body["payload"] ?? body["audio_url"] ?? action);

test.each([
  ["4", ["Thanks"]],
  ["5", []],
  ["9", ["Nothing heard"]],
  ["", ["Nothing heard"]],
])("every step is spoken in order, with the branch of %j", (digits, branch) => {
  const silence = '<speak><break time="2s"/></speak>';
  const before = ["One", silence, "https://sounds.example/two.mp3", "Press 4"];
  expect(spoken(drive(digits))).toEqual([...before, ...branch, "Bye", "hangup"]);
});

test("the end of a gather's text lets nothing follow; its digits do", () => {
  const label: CallLabel = { ...LABEL, speaking: { step: 3, part: "step" } };
  expect(commandAfter({ kind: "spoken" }, label, STEPS)).toBeUndefined();
});

test("a cue that comes twice gives the same command, which Telnyx does once", () => {
  const ids = drive("4").map(({ body }) => body["command_id"]);
  expect(new Set(ids).size).toBe(ids.length);
  expect(drive("4").map(({ body }) => body["command_id"])).toEqual(ids);
});

test("the requested language is sent, and a default voice where none was chosen", () => {
  expect(drive("4")[0]?.body).toMatchObject({ language: "de-DE", voice: "female" });
});

describe("a question", () => {
  const question = (fields: object) =>
    say.parse([{ gather: { say: "Press 4", on: { "4": {} }, ...fields } }, { say: "End" }]);
  const asked = (steps: SpokenStep[]) => commandAfter({ kind: "answered" }, LABEL, steps)!.body;

  test.each([
    [{ "4": {} }, undefined],
    [{ "4": {}, "#": {} }, "*"],
    [{ "*": {}, "#": {} }, "0"],
    [Object.fromEntries(Array.from("0123456789*#", (key) => [key, {}])), "D"],
  ])("that awaits %j ends with %j", (on, terminating) => {
    expect(asked(question({ on }))["terminating_digit"]).toBe(terminating);
  });

  test("is spoken once, and as often again as silence repeats it", () => {
    expect(asked(question({}))["maximum_tries"]).toBe(1);
    expect(asked(question({ onSilence: { repeat: 2 } }))["maximum_tries"]).toBe(3);
  });

  test("comes again after a key that repeats it, by a command of its own, and at last no more", () => {
    const steps = question({ on: { "4": {}, "*": { repeat: true, say: "Again" } } });
    const commands: Command[] = [];
    let [label, cue] = [LABEL, { kind: "answered" } as Cue];
    for (let command = commandAfter(cue, label, steps)!; command.action !== "hangup";) {
      commands.push(command);
      label = fromClientState(command.body["client_state"])!;
      cue =
        command.action === "gather_using_speak"
          ? { kind: "gathered", digits: "*" }
          : { kind: "spoken" };
      command = commandAfter(cue, label, steps)!;
    }
    const repeated = Array.from({ length: MAX_KEY_REPEATS }, () => ["Again", "Press 4"]).flat();
    expect(spoken(commands)).toEqual(["Press 4", ...repeated, "End"]);
    const ids = commands.map(({ body }) => body["command_id"]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(commands.every(({ body }) => body["language"] === "de-DE")).toBe(true);
  });
});
