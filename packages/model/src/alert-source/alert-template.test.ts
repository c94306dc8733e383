import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { issueText } from "../error/issue-text.ts";
import { newAlertSource } from "./alert-source.ts";
import { renderTemplate, SPOKEN_NAMES, templateProblem } from "./alert-template.ts";
import { pointerProblem, valueAt } from "./json-pointer.ts";

const DATA = {
  values: { title: "Down", labels: { severity: "page", "a.b": "dotted" }, empty: "" },
  document: { a: { "b/c~d": ["x", { n: 7 }] }, text: "t" },
};

describe("a template", () => {
  test.each([
    ["{{ title }} now", "Down now"],
    ["{{title}}{{ title }}", "DownDown"],
    ["{{ labels.severity }} {{ labels.a.b }}", "page dotted"],
    ["{{ labels.team | nobody }}", "nobody"],
    ["{{ empty | a | b }}", "a | b"],
    ["{{ labels.toString }}{{ constructor }}{{ __proto__ }}", ""],
    ["{{ /a/b~1c~0d/1/n }} {{ /a | none }} {{ /text/length }}", "7 none "],
    ["no placeholder", "no placeholder"],
  ])("%j becomes %j", (template, text) => {
    expect(renderTemplate(template, DATA)).toBe(text);
  });

  test.each([
    ["{{ title", /^has "{{" or "}}"/],
    ["title }}", /^has "{{" or "}}"/],
    [
      "{{ titel }}",
      /^"{{ titel }}": there is no such placeholder; allowed: title, .*JSON pointer$/,
    ],
    ["{{ labels }}", /there is no such placeholder/],
    ["{{ labels. }}", /there is no such placeholder/],
    ["{{ /a~2 }}", /must be a JSON pointer: "~"/],
    ["{{ }}", /there is no such placeholder/],
  ])("%j is refused when it is saved", (template, problem) => {
    expect(templateProblem(template, SPOKEN_NAMES)).toMatch(problem);
  });

  test("whatever it and the alert hold, the text is bounded and nothing throws", () => {
    const piece = fc.constantFrom("{{", "}}", " title ", "labels.x", "/a/b", "|", "x", "🔥", "~");
    fc.assert(
      fc.property(fc.array(piece), fc.json(), fc.string(), (pieces, json, title) => {
        const data = { values: { title, labels: {} }, document: JSON.parse(json) as unknown };
        expect(renderTemplate(pieces.join(""), data).length).toBeLessThanOrEqual(1000);
      }),
    );
  });
});

describe("a JSON pointer", () => {
  // RFC 6901, section 5.
  const document = {
    foo: ["bar", "baz"],
    "": 0,
    "a/b": 1,
    "c%d": 2,
    "e^f": 3,
    "g|h": 4,
    "i\\j": 5,
    'k"l': 6,
    " ": 7,
    "m~n": 8,
  };
  test.each([
    ["", document],
    ["/foo", ["bar", "baz"]],
    ["/foo/0", "bar"],
    ["/", 0],
    ["/a~1b", 1],
    ["/c%d", 2],
    ["/e^f", 3],
    ["/g|h", 4],
    ["/i\\j", 5],
    ['/k"l', 6],
    ["/ ", 7],
    ["/m~0n", 8],
    ["/foo/01", undefined],
    ["/foo/-", undefined],
    ["/foo/length", undefined],
    ["/toString", undefined],
    ["/__proto__", undefined],
  ])("%j names its value", (pointer, value) => {
    expect(pointerProblem(pointer)).toBeUndefined();
    expect(valueAt(document, pointer)).toEqual(value);
  });

  test.each(["a", "a/b", "/~", "/~2"])("%j is none", (pointer) => {
    expect(pointerProblem(pointer)).toMatch(/^must be a JSON pointer/);
  });
});

describe("an alert source that is saved", () => {
  const to = "+15559998888";
  const about = { name: "Own", kind: "json", rule: { to }, mapping: { title: "/title" } };
  const refusal = (source: object) => {
    const { error } = newAlertSource.safeParse({ ...about, ...source });
    return error === undefined ? undefined : issueText(error);
  };

  test.each([
    [{}, /^$/],
    [{ rule: { to: "112" } }, /^rule\.to: must not be an emergency number/],
    [{ rule: { to: "5559998888" } }, /^rule\.to: must be a phone number with its country code/],
    [
      { rule: { to, toByLabel: { label: "team", numbers: [{ is: "db", to: "x" }] } } },
      /^rule\.toByLabel\.numbers\.0\.to: must be a phone number/,
    ],
    [{ rule: { to, text: "{{ titel }}" } }, /^rule\.text: "{{ titel }}": there is no such/],
    [{ rule: { to, acknowledgeDigit: "5" } }, /^rule\.acknowledgePrompt: must name the key .*: 5$/],
    [{ rule: { to, each: "call" } }, /^rule\.each: must be "alert" or "group"/],
    [{ rule: { to, colour: 1 } }, /^rule: there is no "colour"; allowed: to, /],
    [{ mapping: { title: "/a~2" } }, /^mapping\.title: must be a JSON pointer: "~"/],
    [{ mapping: { title: "{{ title }}" } }, /^mapping\.title: .*allowed: a JSON pointer$/],
    [{ mapping: { title: "/t", labels: "labels" } }, /^mapping\.labels: must be a JSON pointer/],
    [{ mapping: undefined }, /^mapping: is needed for the kind "json"$/],
    [{ kind: "grafana" }, /^mapping: must be absent: the body of "grafana" is known$/],
    [{ kind: "nagios" }, /^kind: must be one of: alertmanager, grafana, /],
  ])("%j", (source, expected) => {
    expect(refusal(source) ?? "").toMatch(expected);
  });
});
