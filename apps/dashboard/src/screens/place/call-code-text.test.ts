import { execFileSync, spawnSync } from "node:child_process";

import { callRequest, type CallRequestInput } from "@call-log/model";
import { expect, test } from "vitest";

import { CODE_LANGUAGES, codeOf, type CodeLanguage, pythonLiteral } from "./call-code-text.ts";
import { EMPTY_FORM, orderOf } from "./place-form.ts";

const HAS_PYTHON = spawnSync("python3", ["--version"]).status === 0;
const URL = "https://calls.example";
const TRICKY = `It's "down": $HOME \`x\` \\ ünïcode\n`;
const request: CallRequestInput = {
  ...orderOf({
    ...EMPTY_FORM,
    toNumber: "+15550100100",
    steps: [
      { id: 0, kind: "say", text: TRICKY },
      { id: 1, kind: "gather", text: "Press 4.", thanks: "" },
    ],
    sensitive: true,
    timeZone: "Europe/Berlin",
    idempotencyKey: "page-1",
  }),
};

test("a shell hands curl the request as it is", () => {
  const code = codeOf("curl", request, URL);
  const output = execFileSync("sh", ["-c", `curl() { printf '%s' "$7"; }\n${code}`], {
    env: { CALL_LOG_API_KEY: "k" },
    encoding: "utf8",
  });
  expect(JSON.parse(output)).toEqual(request);
  expect(callRequest.safeParse(JSON.parse(output)).error).toBeUndefined();
});

test.skipIf(!HAS_PYTHON)("Python reads the request as it is", () => {
  const code = codeOf("python", request, URL);
  const fake = [
    "import json, sys, types",
    "class CallLog:",
    "    def __init__(self, url, key): self.url = url",
    "    def __enter__(self): return self",
    "    def __exit__(self, *a): return False",
    "    def place(self, to, say, *, fields=None, **named):",
    "        print(json.dumps({'to': to, 'say': say, 'fields': fields, **named})); sys.exit(0)",
    "module = types.ModuleType('call_log'); module.CallLog = CallLog; sys.modules['call_log'] = module",
  ].join("\n");
  const output = execFileSync("python3", ["-c", `${fake}\n${code}`], {
    env: { CALL_LOG_API_KEY: "k", PATH: process.env["PATH"] },
    encoding: "utf8",
  });
  const { toNumber: to, say, reachedWhen, retry, idempotencyKey, sensitive, timeZone } = request;
  expect(JSON.parse(output)).toEqual({
    to,
    say,
    reached_when: reachedWhen,
    retry,
    idempotency_key: idempotencyKey,
    fields: { sensitive, timeZone },
  });
});

test.each(Object.keys(CODE_LANGUAGES) as CodeLanguage[])("no key stands in %s", (language) => {
  const code = codeOf(language, request, URL);
  expect(code).toContain("CALL_LOG_API_KEY");
  expect(code).toContain(URL);
});

test.each([
  [null, "None"],
  [true, "True"],
  [[], "[]"],
  [{}, "{}"],
  [{ a: [1, false] }, '{\n    "a": [\n        1,\n        False,\n    ],\n}'],
])("%j is %s in Python", (value, text) => expect(pythonLiteral(value)).toBe(text));
