import { z } from "zod";

import { onlyKeys } from "../value/only-keys.ts";
import { shortText } from "../value/short-text.ts";
import {
  jsonPointer,
  POINTERS_ONLY,
  renderTemplate,
  scalarText,
  templateProblem,
} from "./alert-template.ts";
import { pointerProblem, valueAt } from "./json-pointer.ts";

/** A pointer by itself, or a template of pointers. */
const reading = shortText(1000).superRefine((text, context) => {
  const message = isPointer(text) ? pointerProblem(text) : templateProblem(text, POINTERS_ONLY);
  if (message !== undefined) context.addIssue({ code: "custom", message });
});

/** The text that a field of a mapping reads from an alert; empty for one that is not there. */
export function readMapped(field: string, document: unknown): string {
  if (isPointer(field)) return scalarText(valueAt(document, field));
  return renderTemplate(field, { values: {}, document });
}

function isPointer(text: string): boolean {
  return text.startsWith("/") && !text.includes("{{");
}

/** How alerts are read from a body of any form. Pointers start at the alert. */
export const jsonMapping = onlyKeys({
  alerts: jsonPointer.optional().meta({
    description:
      "The list of alerts in the body. Default: the body is one alert, or a list of them",
    example: "/alerts",
  }),
  title: reading.meta({ description: "Title of an alert", example: "/alert/title" }),
  text: reading
    .optional()
    .meta({ description: "What it says", example: "{{ /host }}: {{ /reason }}" }),
  fingerprint: reading.optional().meta({
    description:
      "Names the alert: the same one each time that it fires. Default: its title and labels",
    example: "/alert/id",
  }),
  severity: reading.optional().meta({ example: "/alert/severity" }),
  startsAt: reading.optional().meta({
    description:
      "When it began to fire: ISO 8601, or seconds or milliseconds since 1970. Without it, an alert that fires until it is resolved is one",
    example: "/alert/since",
  }),
  url: reading.optional().meta({ example: "/alert/link" }),
  status: reading.optional().meta({
    description: "Whether it fires. Default: every alert fires",
    example: "/alert/state",
  }),
  resolvedWhen: z
    .array(shortText(100), { error: "must be a list of texts" })
    .min(1, { error: "must hold at least one text" })
    .max(20, { error: "must hold at most 20 texts" })
    .default(["resolved", "ok", "up", "closed", "recovered"])
    .meta({ description: "Values of `status` of an alert that is over, in any letter case" }),
  labels: jsonPointer.optional().meta({
    description: "An object whose texts, numbers and booleans are the alert's labels",
    example: "/alert/tags",
  }),
}).meta({ id: "JsonMapping", title: "Mapping of a JSON body" });

/** How alerts are read from a body of any form. */
export type JsonMapping = z.output<typeof jsonMapping>;
