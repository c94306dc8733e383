import type { AlertBody, AlertStatus } from "@call-log/model";

import { firstText, type JsonObject, objectOf, pageOf, textOf, timeOf } from "./body-fields.ts";

/**
 * An incident or alert of OneUptime, sent by a workflow: the component API with the model as its body, see
 * https://oneuptime.com/docs/workflows/index. The model may be the body itself, or in `incident`, `alert`, `model` or `data`. Undefined for
 * another body.
 */
export function readOneuptime(body: unknown): AlertBody | undefined {
  const outer = objectOf(body);
  if (outer === undefined) return undefined;
  const model = ["incident", "alert", "model", "data"]
    .map((name) => objectOf(outer[name]))
    .find((one) => one !== undefined && idOf(one) !== "");
  const about = model ?? outer;
  const id = idOf(about);
  const title = textOf(about, "title");
  if (id === "" || (title === "" && stateOf(about) === undefined)) return undefined;
  const severity = firstText(
    nameOf(about["incidentSeverity"]),
    nameOf(about["alertSeverity"]),
    textOf(about, "severity"),
  );
  return {
    alerts: [
      {
        fingerprint: id,
        status: statusOf(about),
        title: firstText(title, id),
        text: textOf(about, "description"),
        severity: severity || undefined,
        labels: { ...labelsOf(about), ...(severity && { severity }) },
        annotations: {},
        // When the incident was declared, so it stays the same for every message about it.
        startsAt: timeOf(firstText(dateOf(about["declaredAt"]), dateOf(about["createdAt"]))),
        url: pageOf(firstText(textOf(about, "url"), textOf(outer, "url"))),
        document: outer,
      },
    ],
  };
}

function idOf(model: JsonObject): string {
  return firstText(wrapped(model["_id"]), wrapped(model["id"]));
}

// OneUptime writes ids and dates as text, or as {"_type", "value"}.
function wrapped(value: unknown): string {
  const object = objectOf(value);
  return textOf({ value: object === undefined ? value : object["value"] }, "value");
}

function dateOf(value: unknown): string {
  return wrapped(value);
}

function nameOf(value: unknown): string {
  return textOf(objectOf(value), "name");
}

function stateOf(model: JsonObject): JsonObject | undefined {
  return objectOf(model["currentIncidentState"]) ?? objectOf(model["currentAlertState"]);
}

// States are named by each project; what they mean is in their flags.
function statusOf(model: JsonObject): AlertStatus {
  const state = stateOf(model);
  if (state?.["isResolvedState"] === true) return "resolved";
  if (state?.["isAcknowledgedState"] === true) return "acknowledged";
  const named = firstText(textOf(state, "name"), textOf(model, "status")).toLowerCase();
  if (named === "resolved") return "resolved";
  return named === "acknowledged" ? "acknowledged" : "firing";
}

// Labels of OneUptime have only a name, and monitors are named.
function labelsOf(model: JsonObject): Record<string, string> {
  const names = (value: unknown) =>
    Array.isArray(value) ? value.map(nameOf).filter((name) => name !== "") : [];
  const labels = names(model["labels"]);
  const monitors = names(model["monitors"]);
  return {
    ...Object.fromEntries(labels.map((name) => [name, "true"])),
    ...(labels.length > 0 && { labels: labels.join(", ") }),
    ...(monitors.length > 0 && { monitor: monitors.join(", ") }),
  };
}
