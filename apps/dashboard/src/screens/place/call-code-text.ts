import type { CallRequestInput } from "@call-log/model";

/** Languages in which a call is shown as code, with their names. */
export const CODE_LANGUAGES = { curl: "curl", typescript: "TypeScript", python: "Python" } as const;

/** Language in which a call is shown as code. */
export type CodeLanguage = keyof typeof CODE_LANGUAGES;

/** The program that places this call. The key is read from the environment and stands in no code. */
export function codeOf(language: CodeLanguage, request: CallRequestInput, url: string): string {
  return PROGRAMS[language](request, url);
}

const PROGRAMS = { curl, typescript, python } as const satisfies Record<CodeLanguage, unknown>;

function curl(request: CallRequestInput, url: string): string {
  // Within single quotes, a shell reads nothing but the next single quote.
  const body = JSON.stringify(request, null, 2).replaceAll("'", String.raw`'\''`);
  return [
    `curl ${url}/api/call-log \\`,
    `  -H "ApiKey: $CALL_LOG_API_KEY" -H 'Content-Type: application/json' \\`,
    `  -d '${body}'`,
  ].join("\n");
}

function typescript(request: CallRequestInput, url: string): string {
  return [
    'import { createCallLogClient } from "@call-log/client";',
    "",
    "const client = createCallLogClient({",
    `  url: ${JSON.stringify(url)},`,
    '  apiKey: process.env["CALL_LOG_API_KEY"]!,',
    "});",
    "",
    `const { _id } = await client.calls.dispatch.mutate(${JSON.stringify(request, null, 2)});`,
    "const call = await client.calls.waitForEnd(_id, { timeoutSeconds: 300 });",
    "console.log(call.status, call.statusMessage);",
  ].join("\n");
}

/** Parameters of the Python client's `place`, by field; the others go into `fields`. */
const PYTHON_NAMES: Readonly<Record<string, string>> = {
  idempotencyKey: "idempotency_key",
  fromNumber: "from_number",
  reachedWhen: "reached_when",
  retry: "retry",
  scheduledAt: "scheduled_at",
  deadlineAt: "deadline_at",
  tags: "tags",
};

function python({ toNumber, say, ...rest }: CallRequestInput, url: string): string {
  const entries = Object.entries(rest).filter(([, value]) => value !== undefined);
  const named = entries.filter(([name]) => name in PYTHON_NAMES);
  const fields = entries.filter(([name]) => !(name in PYTHON_NAMES));
  const indent = "        ";
  const given = [
    pythonLiteral(toNumber, indent),
    pythonLiteral(say, indent),
    ...named.map(([name, value]) => `${PYTHON_NAMES[name]}=${pythonLiteral(value, indent)}`),
    ...(fields.length > 0 ? [`fields=${pythonLiteral(Object.fromEntries(fields), indent)}`] : []),
  ];
  return [
    "import os",
    "",
    "from call_log import CallLog",
    "",
    `with CallLog(${JSON.stringify(url)}, os.environ["CALL_LOG_API_KEY"]) as calls:`,
    "    placed = calls.place(",
    ...given.map((one) => `${indent}${one},`),
    "    )",
    "    waited = calls.wait(placed.id, timeout=300)",
    '    print(waited.result, waited.call["status"])',
  ].join("\n");
}

/** A JSON value as Python writes it; further lines begin with `indent`. */
export function pythonLiteral(value: unknown, indent = ""): string {
  if (value === null || value === undefined) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  // JSON's escapes are Python's, too, except that half characters need no pair.
  if (typeof value !== "object") return JSON.stringify(value);
  const deeper = `${indent}    `;
  const parts = Array.isArray(value)
    ? value.map((one) => pythonLiteral(one, deeper))
    : Object.entries(value).map(
        ([name, one]) => `${JSON.stringify(name)}: ${pythonLiteral(one, deeper)}`,
      );
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  if (parts.length === 0) return `${open}${close}`;
  return `${open}\n${parts.map((part) => `${deeper}${part},\n`).join("")}${indent}${close}`;
}
