import { z } from "zod";

import { objectId } from "../value/object-id.ts";
import { onlyKeys } from "../value/only-keys.ts";
import { trimmedText } from "../value/short-text.ts";
import { alertCallRule, type AlertCallRule } from "./alert-call-rule.ts";
import { ALERT_SOURCE_KIND_NAMES, type AlertSourceKind } from "./alert-source-kind.ts";
import { backToSource, backToSourceChange, type ShownBackToSource } from "./back-to-source.ts";
import { jsonMapping, type JsonMapping } from "./json-mapping.ts";

const name = trimmedText(100).meta({ description: "Name of the source", example: "Prometheus" });

const kind = z
  .enum(ALERT_SOURCE_KIND_NAMES, { error: `must be one of: ${ALERT_SOURCE_KIND_NAMES.join(", ")}` })
  .meta({ description: "Program that sends the alerts", example: "alertmanager" });

const enabled = z.boolean({ error: "must be true or false" }).meta({
  description: "False: its notifications are answered, and nobody is called",
});

/** A program that may send alerts, and whom they call. */
export interface AlertSource {
  _id: string;
  projectId: string;
  name: string;
  kind: AlertSourceKind;
  enabled: boolean;
  rule: AlertCallRule;
  /** How alerts are read; of the kind `json`, and of no other. */
  mapping?: JsonMapping;
  /** How it is informed of acknowledgements, without the secret; absent when it is not. */
  back?: ShownBackToSource;
  createdAt: Date;
  updatedAt: Date;
}

/** A new alert source. */
export const newAlertSource = onlyKeys({
  name,
  kind,
  rule: alertCallRule,
  mapping: jsonMapping.optional(),
  back: backToSource.optional(),
})
  .superRefine((source, context) => {
    const message = mappingProblem(source.kind, source.mapping !== undefined);
    if (message !== undefined) context.addIssue({ code: "custom", path: ["mapping"], message });
  })
  .meta({ id: "NewAlertSource", title: "New alert source" });

/** A new alert source, parsed. */
export type NewAlertSource = z.output<typeof newAlertSource>;

/** A change of an alert source: what is absent stays. The kind stays for ever. */
export const alertSourceChange = onlyKeys({
  id: objectId,
  name: name.optional(),
  enabled: enabled.optional(),
  rule: alertCallRule.optional(),
  mapping: jsonMapping.optional(),
  back: backToSourceChange.nullable().optional().meta({
    description: "null: the source is not informed any more. An absent secret stays",
  }),
});

/** A change of an alert source, parsed. */
export type AlertSourceChange = Omit<z.output<typeof alertSourceChange>, "id">;

/** Why a source of this kind can't be with or without a mapping, or undefined. */
export function mappingProblem(of: AlertSourceKind, hasMapping: boolean): string | undefined {
  if (of === "json" && !hasMapping) return 'is needed for the kind "json"';
  if (of !== "json" && hasMapping) return `must be absent: the body of "${of}" is known`;
  return undefined;
}

/** What became of one alert of a notification. */
export const ALERT_RESULTS = ["called", "repeated", "canceled", "ignored", "refused"] as const;

/** What became of one alert of a notification. */
export type AlertResult = (typeof ALERT_RESULTS)[number];

/** What became of one alert, and why. */
export interface AlertAnswer {
  /** Its place in the notification, from 0; absent where it is about the body as a whole. */
  index?: number;
  fingerprint?: string;
  result: AlertResult;
  /** In words, such as what is wrong with it. */
  reason: string;
  callLogId?: string;
}

/** One notification of a source, as it was answered. */
export interface AlertDelivery {
  at: Date;
  /** HTTP status of the answer. */
  status: number;
  /** How many alerts had which result. */
  counts: Record<AlertResult, number>;
  /** Those that nobody was called for, the first ones; without numbers and spoken texts. */
  answers: AlertAnswer[];
  requestId?: string;
}

/** The last notification of a source in short. */
export type AlertDeliverySummary = Pick<AlertDelivery, "at" | "status" | "counts">;

/** The last notification of which something was refused, with the first reason. */
export interface AlertRefusal {
  at: Date;
  /** HTTP status of the answer. */
  status: number;
  reason: string;
}

/**
 * Most notifications of a source that are kept, and most answers in each. Those of which something was refused are kept beside the
 * others, so that a night of repeated notifications does not push out why the first one called nobody.
 */
export const KEPT_DELIVERIES = { deliveries: 50, refused: 50, answers: 20 } as const;
