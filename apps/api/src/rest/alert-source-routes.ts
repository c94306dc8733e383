import { alertSourceChange, newAlertSource } from "@call-log/model";
import { z } from "zod";

import {
  deliveriesResponse,
  dryRunResponse,
  EXAMPLE_BACK,
  EXAMPLE_MAPPING,
  EXAMPLE_RULE,
  EXAMPLE_SOURCE,
  sourceResponse,
  sourceWithToken,
  triedBackResponse,
} from "./alert-source-schemas.ts";
import { bodyOf, idOf } from "./rest-input.ts";
import type { Caller, Examples, RestRoute } from "./rest-route.ts";

const token = "9f86d081884c7d659a2feaa0c55ad015";
const withToken = { source: EXAMPLE_SOURCE, token, path: `/in/alertmanager/${token}` };

/** A route about alert sources: its procedure with the body, and the id of the path where it has one. */
interface SourceRoute extends Pick<
  RestRoute,
  "name" | "path" | "summary" | "description" | "isScreen"
> {
  methods?: RestRoute["methods"];
  body?: { schema: z.ZodType; examples: Examples };
  answer: { description: string; schema: z.ZodType; example: unknown };
  refusals?: RestRoute["refusals"];
  call: (caller: Caller["alertSources"], input: object) => Promise<unknown>;
}

const ROUTES: readonly SourceRoute[] = [
  {
    name: "listAlertSources",
    methods: ["GET"],
    path: "/alert-sources",
    summary: "List alert sources",
    isScreen: true,
    description:
      "Programs that may send alerts, oldest first; without their tokens. A browser that asks for HTML without a key gets the dashboard's page.",
    answer: {
      description: "The sources",
      schema: z.object({ sources: z.array(sourceResponse) }),
      example: { sources: [EXAMPLE_SOURCE] },
    },
    call: (sources) => sources.list(undefined),
  },
  {
    name: "createAlertSource",
    path: "/alert-sources",
    summary: "Create an alert source",
    description:
      "A program may then post its alerts to the `path` of the answer. The token in it is shown this once; only its hash is kept. The rule is checked against what the project may call.",
    body: {
      schema: newAlertSource,
      examples: {
        Alertmanager: { name: "Prometheus", kind: "alertmanager", rule: EXAMPLE_RULE },
        "Any JSON": { name: "Own", kind: "json", rule: EXAMPLE_RULE, mapping: EXAMPLE_MAPPING },
      },
    },
    answer: { description: "The source", schema: sourceWithToken, example: withToken },
    refusals: ["CONFLICT"],
    call: (sources, input) => sources.create(input),
  },
  {
    name: "dryRunNewAlertSource",
    path: "/alert-sources/dry-run",
    summary: "Try a notification on a source that is not saved",
    description:
      "Shows the calls that a `source` would place for the `body` of a notification. Nothing is called or kept.",
    body: {
      schema: z.strictObject({ source: newAlertSource, body: z.unknown() }),
      examples: {
        "Any JSON": {
          source: { name: "Own", kind: "json", rule: EXAMPLE_RULE, mapping: EXAMPLE_MAPPING },
          body: { problems: [{ id: 7, name: "Disk full", host: "db-1", state: "open" }] },
        },
      },
    },
    answer: {
      description: "What each alert would do",
      schema: dryRunResponse,
      example: { results: [{ indexes: [0], fingerprint: "7", action: "call" }] },
    },
    call: (sources, input) => sources.dryRun(input),
  },
  {
    name: "readAlertSource",
    methods: ["GET"],
    path: "/alert-sources/:id",
    summary: "Read an alert source",
    isScreen: true,
    description:
      "One alert source of the key's project. A browser that asks for HTML without a key gets the dashboard's page.",
    answer: { description: "The source", schema: sourceResponse, example: EXAMPLE_SOURCE },
    refusals: ["NOT_FOUND"],
    call: (sources, input) => sources.get(input),
  },
  {
    name: "updateAlertSource",
    methods: ["PATCH"],
    path: "/alert-sources/:id",
    summary: "Change an alert source",
    description:
      "What is absent stays. A `rule`, `mapping` or `back` replaces the whole one, but `back` without a secret keeps it; `null` ends it. `enabled: false` answers notifications and calls nobody.",
    body: {
      schema: alertSourceChange.omit({ id: true }),
      examples: {
        "Turn off": { enabled: false },
        "Another rule": { rule: EXAMPLE_RULE },
        "Silence acknowledged alerts": { back: EXAMPLE_BACK },
      },
    },
    answer: { description: "The source", schema: sourceResponse, example: EXAMPLE_SOURCE },
    refusals: ["NOT_FOUND"],
    call: (sources, input) => sources.update(input),
  },
  {
    name: "rotateAlertSourceToken",
    path: "/alert-sources/:id/rotate-token",
    summary: "Give an alert source a new token",
    description:
      "The new token is shown this once. The one before stays valid for `overlapHours`, 24 without; with 0 it is revoked at once.",
    body: {
      schema: z.strictObject({ overlapHours: z.int().min(0).max(720).default(24) }),
      examples: { "Revoke the old one at once": { overlapHours: 0 } },
    },
    answer: { description: "The source", schema: sourceWithToken, example: withToken },
    refusals: ["NOT_FOUND"],
    call: (sources, input) => sources.rotateToken(input),
  },
  {
    name: "deleteAlertSource",
    methods: ["DELETE"],
    path: "/alert-sources/:id",
    summary: "Delete an alert source",
    description: "Its tokens are not valid any more. The calls of its alerts stay.",
    answer: {
      description: "It is deleted",
      schema: z.object({ deleted: z.boolean() }),
      example: { deleted: true },
    },
    refusals: ["NOT_FOUND"],
    call: (sources, input) => sources.delete(input),
  },
  {
    name: "dryRunAlertSource",
    path: "/alert-sources/:id/dry-run",
    summary: "Try a notification on an alert source",
    description:
      "Shows the calls that would be placed or canceled for the `body` of a notification. Nothing is called, canceled or kept.",
    body: {
      schema: z.strictObject({ body: z.unknown() }),
      examples: { "A body of Alertmanager": { body: { alerts: [] } } },
    },
    answer: {
      description: "What each alert would do",
      schema: dryRunResponse,
      example: { results: [{ indexes: [0], fingerprint: "1a30ba71cca2921f", action: "call" }] },
    },
    refusals: ["NOT_FOUND"],
    call: (sources, input) => sources.dryRun(input),
  },
  {
    name: "testAlertSourceBack",
    path: "/alert-sources/:id/test-back",
    summary: "Try how an alert source is informed",
    description:
      "Sends what an acknowledgement would send, without an alert: a silence of a minute that matches nothing, an acknowledgement of an unknown key, the template with `call-log-test`. At OneUptime, the acknowledged state is read.",
    answer: {
      description: "What the source answered",
      schema: triedBackResponse,
      example: {
        at: "2026-11-26T03:12:00.000Z",
        milliseconds: 31,
        status: 200,
        answer: '{"silenceID":"4215d35d-36c3-446a-9228-5d109ca3b1ae"}',
        error: null,
      },
    },
    refusals: ["NOT_FOUND", "CONFLICT"],
    call: (sources, input) => sources.testBack(input),
  },
  {
    name: "listAlertDeliveries",
    methods: ["GET"],
    path: "/alert-sources/:id/deliveries",
    summary: "Last notifications of an alert source",
    description:
      "The last 50 notifications, and the last 50 of which something was refused, newest first: how many alerts were called for, repeated, canceled, ignored and refused, and why.",
    answer: {
      description: "The notifications",
      schema: deliveriesResponse,
      example: {
        deliveries: [
          {
            at: "2026-11-26T03:12:00.000Z",
            status: 200,
            counts: { called: 1, repeated: 0, canceled: 0, ignored: 0, refused: 1 },
            answers: [
              { index: 1, result: "refused", reason: "toNumber: is on the do-not-call list" },
            ],
          },
        ],
      },
    },
    refusals: ["NOT_FOUND"],
    call: (sources, input) => sources.recent(input),
  },
];

function routeOf({ methods = ["POST"], body, answer, refusals = [], call, ...about }: SourceRoute) {
  const hasId = about.path.includes("/:id");
  const status = about.name === "createAlertSource" ? 201 : 200;
  const route: RestRoute = {
    ...about,
    methods,
    operation: "administer",
    ...(body && { body: { required: true, ...body } }),
    answers: { [status]: answer },
    refusals,
    call: async (caller, request) => ({
      status,
      body: await call(caller.alertSources, {
        ...bodyOf(request),
        ...(hasId && idOf(request)),
      }),
    }),
  };
  return route;
}

/** Alert sources. Not under `/api`, since OneUptime has none. */
export const ALERT_SOURCE_ROUTES: readonly RestRoute[] = ROUTES.map(routeOf);
