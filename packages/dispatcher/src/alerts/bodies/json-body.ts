import {
  type Alert,
  type AlertBody,
  type JsonMapping,
  readMapped,
  type UnreadAlert,
  valueAt,
} from "@call-log/model";

import { firstText, madeFingerprint, pageOf, textsOf, timeOf } from "./body-fields.ts";

/** Any JSON body, read as a mapping says. Undefined when the list of alerts is not where it says. */
export function readJson(body: unknown, mapping: JsonMapping): AlertBody | undefined {
  const found = mapping.alerts === undefined ? body : valueAt(body, mapping.alerts);
  if (found === undefined || found === null || typeof found !== "object") return undefined;
  const alerts: unknown[] = Array.isArray(found) ? found : [found];
  return { alerts: alerts.map((alert, index) => readOne(alert, mapping, `alerts[${index}]`)) };
}

function readOne(document: unknown, mapping: JsonMapping, path: string): Alert | UnreadAlert {
  const read = (field: string | undefined) =>
    field === undefined ? "" : readMapped(field, document).trim();
  const title = read(mapping.title);
  const labels = mapping.labels === undefined ? {} : textsOf(valueAt(document, mapping.labels));
  const fingerprint = firstText(read(mapping.fingerprint), title && madeFingerprint(title, labels));
  if (fingerprint === "")
    return {
      path,
      reason: `has neither a title nor a fingerprint; the title is read at ${mapping.title}`,
    };
  return {
    fingerprint,
    status: isResolved(read(mapping.status), mapping) ? "resolved" : "firing",
    title: firstText(title, fingerprint),
    text: read(mapping.text),
    severity: read(mapping.severity) || undefined,
    labels,
    annotations: {},
    startsAt: timeOf(read(mapping.startsAt)),
    url: pageOf(read(mapping.url)),
    document,
  };
}

function isResolved(status: string, { resolvedWhen }: JsonMapping): boolean {
  return resolvedWhen.some((word) => word.toLowerCase() === status.toLowerCase());
}
