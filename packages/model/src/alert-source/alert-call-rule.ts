import { z } from "zod";

import { ON_UNKNOWN, PRIORITIES, REACHED_WHEN } from "../call/call-request.ts";
import { retryPolicy } from "../call/retry-policy.ts";
import { timeZone } from "../callee/quiet-hours.ts";
import { phoneNumber } from "../phone/phone-number.ts";
import { spokenLanguage, spokenVoice } from "../speech/spoken-language.ts";
import { wholeNumber } from "../value/number-range.ts";
import { onlyKeys } from "../value/only-keys.ts";
import { shortText } from "../value/short-text.ts";
import { alertTemplate, SPOKEN_NAMES } from "./alert-template.ts";

const MAX_NUMBERS = 500;

const spokenTemplate = alertTemplate(SPOKEN_NAMES);

const callees = onlyKeys({
  label: shortText(200).meta({ description: "Label that decides who is called", example: "team" }),
  numbers: z
    .array(
      onlyKeys({
        is: shortText(200).meta({
          description: "Value of the label, in any letter case",
          example: "database",
        }),
        to: phoneNumber.meta({ description: "Number that is called for it" }),
      }),
      { error: 'must be a list of {"is": value, "to": number}' },
    )
    .min(1, { error: "must hold at least one number" })
    .max(MAX_NUMBERS, { error: `must hold at most ${MAX_NUMBERS} numbers` }),
});

/** Whom an alert calls, what is said, and when the call counts as done. */
export const alertCallRule = onlyKeys({
  to: phoneNumber.meta({ description: "Number that is called, unless a label names another one" }),
  toByLabel: callees.optional(),
  text: spokenTemplate.default("{{ title }}. {{ text }}").meta({
    description: "What is said about an alert",
    example: "{{ labels.alertname }} on {{ labels.instance | an unknown host }}",
  }),
  groupText: spokenTemplate.default("{{ count }} alerts: {{ titles }}").meta({
    description: "What is said about several alerts in one call",
  }),
  each: z
    .enum(["alert", "group"], { error: 'must be "alert" or "group"' })
    .default("alert")
    .meta({ description: "One call for each alert, or one for all alerts of a notification" }),
  maxCalls: wholeNumber(1, 100).default(10).meta({
    description: "Most calls of one notification; the alerts beyond share one more call",
  }),
  cancelResolved: z.boolean({ error: "must be true or false" }).default(true).meta({
    description: "End a call that waits or rings when its alert is resolved",
  }),
  newCallAfterMinutes: wholeNumber(1, 43_200).default(1440).meta({
    description:
      "An alert without a start that is not resolved is called for again so long after its last call, in minutes",
  }),
  reachedWhen: z.enum(REACHED_WHEN).default("acknowledged").meta({
    description: "What counts as reached",
  }),
  acknowledgeDigit: z
    .string()
    .regex(/^[0-9*#]$/, { error: "must be one key of a phone: 0 to 9, * or #" })
    .default("4")
    .meta({ description: "Key that acknowledges" }),
  acknowledgePrompt: shortText(300).default("Press 4 to acknowledge.").meta({
    description: "Said after the text",
  }),
  acknowledgedText: shortText(300).default("Acknowledged.").meta({
    description: "Said when the key was pressed",
  }),
  language: spokenLanguage.optional(),
  voice: spokenVoice.optional(),
  fromNumber: phoneNumber.optional(),
  retry: retryPolicy.default(retryPolicy.parse({ maxAttempts: 3 })),
  onUnknown: z.enum(ON_UNKNOWN).default("hold"),
  priority: z.enum(PRIORITIES).optional().meta({
    description: "Emergencies are called in quiet hours, too",
  }),
  timeZone: timeZone.optional(),
  deadlineMinutes: wholeNumber(1, 10_080).optional().meta({
    description: "A call that waits longer is not dialled any more, in minutes",
  }),
  sensitive: z.boolean({ error: "must be true or false" }).default(false),
  timeLimitSeconds: wholeNumber(5, 14_400).optional(),
  ringTimeoutSeconds: wholeNumber(5, 600).optional(),
  tags: z
    .array(shortText(64))
    .max(18, { error: "must be at most 18 tags" })
    .default([])
    .meta({ description: "Tags of the calls, beside the kind and the name of the source" }),
})
  .superRefine(({ acknowledgeDigit, acknowledgePrompt }, context) => {
    if (acknowledgePrompt.includes(acknowledgeDigit)) return;
    context.addIssue({
      code: "custom",
      path: ["acknowledgePrompt"],
      message: `must name the key that acknowledges: ${acknowledgeDigit}`,
    });
  })
  .meta({ id: "AlertCallRule", title: "Call rule of an alert source" });

/** Whom an alert calls, what is said, and when the call counts as done. */
export type AlertCallRule = z.output<typeof alertCallRule>;
