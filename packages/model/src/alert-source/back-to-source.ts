import { z } from "zod";

import { wholeNumber } from "../value/number-range.ts";
import { onlyKeys } from "../value/only-keys.ts";
import { shortText } from "../value/short-text.ts";
import { backTemplate } from "./back-template.ts";

const url = z
  .url({ protocol: /^https?$/, error: "must be an http or https address" })
  .max(2000, { error: "must be at most 2000 characters" })
  .refine((address) => !URL.canParse(address) || isBare(new URL(address)), {
    error: "must have no user name, password, query or fragment: credentials go to secret",
  });

function isBare({ username, password, search, hash }: URL): boolean {
  return [username, password, search, hash].every((part) => part === "");
}

/** As long as the value of a placeholder may be. */
const text = shortText(500).meta({ format: "password" });

/** What the secret of each kind is; one that is needed can't be absent. */
const SECRETS = {
  alertmanager: { needed: false, description: "Password, or bearer token without userName" },
  grafana: { needed: true, description: "Token of a service account that may create silences" },
  pagerduty: { needed: true, description: "Integration key (routing key) of the service" },
  oneuptime: { needed: true, description: "API key of the project" },
  template: { needed: false, description: "Value of {{ secret }}" },
} as const;

/** Kind of a source that can be informed. */
export type BackKind = keyof typeof SECRETS;

const secretOf = (kind: BackKind) =>
  text.optional().meta({ description: SECRETS[kind].description });

const silence = {
  durationSeconds: wholeNumber(60, 2_592_000)
    .default(7200)
    .meta({ description: "From the press to the end of the silence, in seconds" }),
  matchLabels: z
    .array(shortText(200))
    .min(1, { error: "must name at least one label" })
    .max(50, { error: "must be at most 50 labels" })
    .optional()
    .meta({
      description:
        "Labels that the silence matches, of those that the alert has; all of them when absent",
      example: ["alertname", "instance"],
    }),
};

/** How the source of an alert is informed of the press that acknowledges it, by kind; a change may leave the secret as it is. */
export const backToSourceChange = z
  .discriminatedUnion(
    "kind",
    [
      onlyKeys({
        kind: z.literal("alertmanager"),
        url: url.meta({
          description: "Address of Alertmanager, without /api",
          example: "http://alertmanager.internal:9093",
        }),
        userName: shortText(200).optional().meta({ description: "User of basic authentication" }),
        secret: secretOf("alertmanager"),
        ...silence,
      }),
      onlyKeys({
        kind: z.literal("grafana"),
        url: url.meta({
          description: "Address of Grafana, without /api",
          example: "https://grafana.example",
        }),
        secret: secretOf("grafana"),
        ...silence,
      }),
      onlyKeys({
        kind: z.literal("pagerduty"),
        url: url.default("https://events.pagerduty.com").meta({
          description: "Address of the Events API; https://events.eu.pagerduty.com in Europe",
        }),
        secret: secretOf("pagerduty"),
      }),
      onlyKeys({
        kind: z.literal("oneuptime"),
        url: url
          .default("https://oneuptime.com")
          .meta({ description: "Address of OneUptime, without /api" }),
        resource: z
          .enum(["incident", "alert"], { error: "must be one of: incident, alert" })
          .default("incident")
          .meta({ description: "What the fingerprint is the id of" }),
        secret: secretOf("oneuptime"),
      }),
      onlyKeys({
        kind: z.literal("template"),
        ...backTemplate.shape,
        secret: secretOf("template"),
      }),
    ],
    { error: `must be of kind ${Object.keys(SECRETS).join(", ")}` },
  )
  .meta({ id: "BackToSourceChange", title: "Change of what is sent back to the source" });

/** How the source of an alert is informed of the press that acknowledges it. */
export type BackToSource = z.output<typeof backToSourceChange>;

/** How the source of an alert is informed of the press that acknowledges it, with its secret where the kind needs one. */
export const backToSource = backToSourceChange
  .superRefine((back, context) => {
    const message = secretProblem(back);
    if (message !== undefined) context.addIssue({ code: "custom", path: ["secret"], message });
  })
  .meta({ id: "BackToSource", title: "Back to the source" });

/** Why these settings can't be used as they are, or undefined. */
export function secretProblem({ kind, secret }: BackToSource): string | undefined {
  return SECRETS[kind].needed && secret === undefined
    ? `is needed for the kind "${kind}"`
    : undefined;
}

type WithoutSecret<B extends BackToSource> = B extends BackToSource ? Omit<B, "secret"> : never;

/** The settings as they are shown: whether there is a secret, never which. */
export type ShownBackToSource = WithoutSecret<BackToSource> & { hasSecret: boolean };

/** Settings without their secret. */
export function shownBack({ secret, ...back }: BackToSource): ShownBackToSource {
  return { ...back, hasSecret: secret !== undefined };
}

/**
 * The settings after a change, which keeps the secret that it does not name. Of another kind or host it is not kept: who may change the address
 * must not learn the secret by it.
 */
export function changedBack(before: BackToSource | undefined, change: BackToSource): BackToSource {
  const isKept =
    change.secret === undefined &&
    before?.secret !== undefined &&
    before.kind === change.kind &&
    originOf(before) === originOf(change);
  return isKept ? { ...change, secret: before.secret } : change;
}

// Of a template, whose path may have placeholders; its host has none.
function originOf({ url: address }: BackToSource): string {
  return /^https?:\/\/[^/?#]+/i.exec(address)?.[0].toLowerCase() ?? address;
}
