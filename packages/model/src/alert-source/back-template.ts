import { z } from "zod";

import { onlyKeys } from "../value/only-keys.ts";
import { alertTemplate, renderTemplate, type TemplateNames } from "./alert-template.ts";

/** Placeholders in a request back to the source. */
export const BACK_NAMES: TemplateNames = {
  names: [
    "fingerprint",
    "title",
    "severity",
    "startsAt",
    "url",
    "source",
    "by",
    "digits",
    "acknowledgedAt",
    "callLogId",
    "comment",
    "secret",
  ],
  groups: ["labels"],
};

/** Most characters of a JSON body with its placeholders, and most headers. */
const [MAX_BODY, MAX_HEADERS] = [10_000, 20];

/** Headers that the HTTP client writes itself. */
const OWN_HEADERS = ["host", "content-length", "connection", "transfer-encoding", "expect"];

const template = alertTemplate(BACK_NAMES).refine((text) => !/\{\{\s*\//.test(text), {
  error: "must have no JSON pointer: the alert's body is not kept",
});

const addressTemplate = template.superRefine((text, context) => {
  const message = addressProblem(text);
  if (message !== undefined) context.addIssue({ code: "custom", message });
});

function addressProblem(text: string): string | undefined {
  // Who can name the host by a label decides where the secret goes.
  if (!/^https?:\/\/[^/?#{}]+([/?#]|$)/.test(text))
    return "must be an http or https address whose host has no placeholder";
  const url = URL.parse(text.replaceAll(/\{\{[^{}]*\}\}/g, "x"));
  if (url === null) return "must be an http or https address";
  if (url.username !== "" || url.password !== "")
    return "must have no user name or password: put credentials into a header";
  return undefined;
}

const headersTemplate = z
  .record(z.string(), template)
  .superRefine((headers, context) => {
    const names = Object.keys(headers);
    const refuse = (message: string, path: string[] = []) =>
      context.addIssue({ code: "custom", path, message });
    if (names.length > MAX_HEADERS) refuse(`must be at most ${MAX_HEADERS} headers`);
    for (const name of names) {
      if (!/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/.test(name))
        refuse("must be the name of a header", [name]);
      if (OWN_HEADERS.includes(name.toLowerCase()))
        refuse(`must not be one of: ${OWN_HEADERS.join(", ")}`, [name]);
    }
  })
  .meta({ id: "BackHeaders", title: "Headers of a request to the source" });

const jsonBody = z
  .record(z.string(), z.unknown())
  .superRefine((body, context) => {
    const refuse = (message: string) => context.addIssue({ code: "custom", message });
    if (JSON.stringify(body).length > MAX_BODY)
      return refuse(`must be at most ${MAX_BODY} characters of JSON`);
    for (const text of textsOf(body)) {
      const { error } = template.safeParse(text === "" ? " " : text);
      if (error) return refuse(error.issues[0]?.message ?? "has a wrong template");
    }
  })
  .meta({ id: "BackBody", title: "JSON body of a request to the source" });

/** A request by which a source without an API of its own kind is informed; placeholders are filled in. */
export const backTemplate = onlyKeys({
  method: z
    .enum(["POST", "PUT", "PATCH"], { error: "must be one of: POST, PUT, PATCH" })
    .default("POST"),
  url: addressTemplate.meta({
    description: "Address; placeholders may follow its host",
    example: "https://tickets.example/api/{{ fingerprint }}/acknowledge",
  }),
  headers: headersTemplate
    .default({})
    .meta({ description: "Headers", example: { authorization: "Bearer {{ secret }}" } }),
  body: jsonBody.default({ comment: "{{ comment }}" }).meta({
    description: "JSON whose texts may have placeholders",
    example: { id: "{{ fingerprint }}", note: "{{ comment }}" },
  }),
});

/** A request by which a source is informed. */
export type BackTemplate = z.output<typeof backTemplate>;

/** What the placeholders stand for, by name. */
export type BackValues = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** The request that a template makes: values are encoded in the address, and can't break out of a header or the JSON. */
export function filledRequest({ method, url, headers, body }: BackTemplate, values: BackValues) {
  const fill = (text: string, of = values) => renderTemplate(text, { values: of, document: null });
  return {
    method,
    url: fill(url, mapped(values, encoded)),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, text]) => [name.toLowerCase(), headerText(fill(text))]),
    ),
    body: JSON.stringify(filledJson(body, fill)),
  };
}

function filledJson(json: unknown, fill: (text: string) => string): unknown {
  if (typeof json === "string") return fill(json);
  if (Array.isArray(json)) return json.map((one: unknown) => filledJson(one, fill));
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => [name, filledJson(value, fill)]),
  );
}

function textsOf(json: unknown): string[] {
  if (typeof json === "string") return [json];
  return typeof json === "object" && json !== null ? Object.values(json).flatMap(textsOf) : [];
}

/** Half an emoji has no place in an address, and dots alone would be another path. */
function encoded(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, "")).replace(/^\.+$/, "_");
}

/** What HTTP can carry in a header: visible characters of ASCII. */
function headerText(text: string): string {
  return text.replaceAll(/[^\x20-\x7E]/g, "?");
}

function mapped(values: BackValues, change: (text: string) => string): BackValues {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === "string"
        ? change(value)
        : Object.fromEntries(Object.entries(value).map(([key, text]) => [key, change(text)])),
    ]),
  );
}
