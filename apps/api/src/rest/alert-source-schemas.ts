import {
  ALERT_RESULTS,
  ALERT_SOURCE_KIND_NAMES,
  alertCallRule,
  jsonMapping,
  timestamp,
} from "@call-log/model";
import { z } from "zod";

// A record of an enum has required names without properties, which redocly refuses.
const COUNTS = Object.fromEntries(ALERT_RESULTS.map((result) => [result, z.int().min(0)]));

const rule = z.looseObject({}).meta({ description: "The call rule, with its defaults" });

/** An alert source as it is answered. */
export const sourceResponse = z
  .looseObject({
    _id: z.string(),
    name: z.string(),
    kind: z.enum(ALERT_SOURCE_KIND_NAMES),
    enabled: z.boolean(),
    rule,
    mapping: z.looseObject({}).nullable(),
    back: z.looseObject({ kind: z.string(), hasSecret: z.boolean() }).nullable().meta({
      description: "How it is informed of acknowledgements, without the secret",
    }),
    path: z.string().meta({ description: "Path to post to, without the token" }),
    createdAt: timestamp,
    updatedAt: timestamp,
    tokenCreatedAt: timestamp,
    previousTokenUntil: timestamp.optional(),
    deliveryCount: z.int().min(0),
    calledCount: z.int().min(0).meta({ description: "Alerts for which a call was placed" }),
    lastDelivery: z
      .object({ at: timestamp, status: z.int(), counts: z.object(COUNTS) })
      .optional()
      .meta({ description: "The last notification" }),
    lastRefusal: z
      .object({ at: timestamp, status: z.int(), reason: z.string() })
      .optional()
      .meta({ description: "The last notification of which something was refused" }),
  })
  .meta({ id: "AlertSource", title: "Alert source" });

/** A source with its token. */
export const sourceWithToken = z
  .object({
    source: sourceResponse,
    token: z.string().meta({ description: "Shown this once" }),
    path: z.string().meta({ description: "Path that the source posts to" }),
  })
  .meta({ id: "AlertSourceWithToken", title: "Alert source with its token" });

/** What a dry run found. */
export const dryRunResponse = z
  .object({
    results: z.array(
      z.looseObject({
        indexes: z.array(z.int().min(0)),
        fingerprint: z.string().optional(),
        action: z.enum(["call", "cancel", "nothing", "refuse"]),
        reason: z.string().optional(),
        request: z.looseObject({}).optional().meta({ description: "The call request" }),
      }),
    ),
  })
  .meta({ id: "AlertDryRun", title: "Dry run of a notification" });

/** The last notifications of a source. */
export const deliveriesResponse = z
  .object({
    deliveries: z.array(
      z.looseObject({
        at: timestamp,
        status: z.int(),
        counts: z.object(COUNTS),
        answers: z.array(z.looseObject({ result: z.enum(ALERT_RESULTS), reason: z.string() })),
      }),
    ),
  })
  .meta({ id: "AlertDeliveries", title: "Last notifications of an alert source" });

/** How a trial went. */
export const triedBackResponse = z
  .object({
    at: timestamp,
    milliseconds: z.int().min(0),
    status: z.int().nullable().meta({ description: "HTTP status of the last answer" }),
    answer: z.string().nullable().meta({ description: "First 1024 characters of its body" }),
    error: z.string().nullable().meta({ description: "null: the source took it" }),
  })
  .meta({ id: "TriedBack", title: "Trial of what is sent back to a source" });

/** How a source is informed, for the examples. */
export const EXAMPLE_BACK = {
  kind: "alertmanager" as const,
  url: "http://alertmanager.internal:9093",
  durationSeconds: 7200,
};

/** A rule for the examples. */
export const EXAMPLE_RULE = {
  to: "+15559998888",
  text: "{{ labels.alertname }} on {{ labels.instance | an unknown host }}",
};

const at = "2026-11-26T03:12:00.000Z";

/** A source for the examples. */
export const EXAMPLE_SOURCE = {
  _id: "01a21523-cd02-719e-b2fb-9a8e9da2f264",
  projectId: "7c9e6679-7425-40de-944b-e07fc1f90ae7",
  name: "Prometheus",
  kind: "alertmanager" as const,
  enabled: true,
  rule: alertCallRule.parse(EXAMPLE_RULE),
  mapping: null,
  back: null,
  path: "/in/alertmanager/<token>",
  createdAt: at,
  updatedAt: at,
  tokenCreatedAt: at,
  deliveryCount: 0,
  calledCount: 0,
};

/** A mapping for the examples. */
export const EXAMPLE_MAPPING = jsonMapping.parse({
  alerts: "/problems",
  title: "/name",
  text: "{{ /host }}: {{ /reason }}",
  fingerprint: "/id",
  status: "/state",
});
