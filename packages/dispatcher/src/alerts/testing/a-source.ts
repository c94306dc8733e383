import { readFileSync } from "node:fs";

import {
  type AlertSource,
  type AlertSourceKind,
  EXAMPLE_BODIES,
  isAlertSourceKind,
  type newAlertSource,
  newAlertSource as newSource,
} from "@call-log/model";
import type { z } from "zod";

import { PROJECT_ID, START } from "../../testing/a-call.ts";

/** A source that calls one number. */
export function aSource(given: Partial<z.input<typeof newAlertSource>> = {}): AlertSource {
  const {
    mapping,
    back: _back,
    ...parsed
  } = newSource.parse({
    name: "Monitoring",
    kind: "alertmanager",
    rule: { to: "+15559998888" },
    ...given,
  });
  return {
    ...parsed,
    ...(mapping !== undefined && { mapping }),
    _id: "01a21523-cd02-719e-b2fb-9a8e9da2f264",
    projectId: PROJECT_ID,
    enabled: true,
    createdAt: START,
    updatedAt: START,
  };
}

/** A body as a real program wrote it, or as its documentation shows it. */
export function bodyOf(
  name:
    | AlertSourceKind
    // What Debian's Alertmanager 0.25.0 posted for three alerts with `max_alerts: 2`, and after one was resolved.
    | "alertmanager-0.25-firing"
    | "alertmanager-0.25-resolved",
): Record<string, unknown> {
  if (isAlertSourceKind(name)) return structuredClone(EXAMPLE_BODIES[name]);
  const file = new URL(`${name}-body.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
}
