import {
  alertCallRule,
  type AlertCallRule,
  type AlertSourceKind,
  EXAMPLE_JSON_MAPPING,
  type JsonMapping,
  type newAlertSource,
} from "@call-log/model";
import type { z } from "zod";

/** Input that makes a source. */
export type NewSource = z.input<typeof newAlertSource>;

/** A value of the form for a number; empty means absent. */
type NumberText = number | string;

/** Fields of a JSON mapping that are one text. */
export const MAPPING_FIELDS = [
  "alerts",
  "title",
  "text",
  "fingerprint",
  "status",
  "startsAt",
  "severity",
  "url",
  "labels",
] as const;

/** Name of such a field. */
export type MappingField = (typeof MAPPING_FIELDS)[number];

/** A number that is called for a value of the label. */
export interface NumberDraft {
  id: number;
  is: string;
  to: string;
}

/** Values of the form; an empty text means absent. */
export interface SourceDraft {
  name: string;
  kind: AlertSourceKind;
  to: string;
  label: string;
  numbers: NumberDraft[];
  text: string;
  groupText: string;
  language: string;
  voice: string;
  reachedWhen: AlertCallRule["reachedWhen"];
  acknowledgeDigit: string;
  acknowledgePrompt: string;
  acknowledgedText: string;
  attempts: NumberText;
  delaySeconds: NumberText;
  each: AlertCallRule["each"];
  maxCalls: NumberText;
  newCallAfterMinutes: NumberText;
  deadlineMinutes: NumberText;
  cancelResolved: boolean;
  isEmergency: boolean;
  fromNumber: string;
  timeZone: string;
  sensitive: boolean;
  tags: string;
  mapping: Record<MappingField, string>;
  resolvedWhen: string;
  /** The saved rule; what the form has no field for is kept. */
  base: Partial<AlertCallRule>;
}

// The number is the only field without a default.
const { to: _to, ...DEFAULTS } = alertCallRule.parse({ to: "+15550100100" });

/** A form for a new source of a kind, with the defaults of the server; its mapping reads the example body. */
export function newDraft(kind: AlertSourceKind): SourceDraft {
  return draftOf({
    name: "",
    kind,
    rule: { ...DEFAULTS, to: "" },
    mapping: { ...EXAMPLE_JSON_MAPPING, resolvedWhen: [] },
  });
}

/** A form with the values of a saved source. */
export function draftOf({
  name,
  kind,
  rule,
  mapping,
}: {
  name: string;
  kind: AlertSourceKind;
  rule: AlertCallRule;
  mapping: Partial<JsonMapping> | null;
}): SourceDraft {
  const { toByLabel, retry, priority, language = "", voice = "", deadlineMinutes = "" } = rule;
  const numbers = toByLabel?.numbers ?? [];
  return {
    ...pick(rule),
    name,
    kind,
    label: toByLabel?.label ?? "",
    numbers: numbers.map(({ is, to }, id) => ({ id, is, to })),
    language,
    voice,
    deadlineMinutes,
    attempts: retry.maxAttempts,
    delaySeconds: retry.backoff.delaySeconds,
    isEmergency: priority === "emergency",
    fromNumber: rule.fromNumber ?? "",
    timeZone: rule.timeZone ?? "",
    tags: rule.tags.join(", "),
    mapping: Object.fromEntries(
      MAPPING_FIELDS.map((field) => [field, mapping?.[field] ?? ""]),
    ) as SourceDraft["mapping"],
    resolvedWhen: (mapping?.resolvedWhen ?? []).join(", "),
    base: rule,
  };
}

function pick(rule: AlertCallRule) {
  const { to, text, groupText, reachedWhen, acknowledgeDigit, acknowledgePrompt } = rule;
  const { acknowledgedText, each, maxCalls, newCallAfterMinutes, cancelResolved, sensitive } = rule;
  return {
    to,
    text,
    groupText,
    reachedWhen,
    acknowledgeDigit,
    acknowledgePrompt,
    acknowledgedText,
    each,
    maxCalls,
    newCallAfterMinutes,
    cancelResolved,
    sensitive,
  };
}

/** The input of a form. */
export function inputOf(draft: SourceDraft): NewSource {
  const { name, kind } = draft;
  const rule = ruleOf(draft);
  return kind === "json" ? { name, kind, rule, mapping: mappingOf(draft) } : { name, kind, rule };
}

/** Fields that are absent from the rule when they are empty in the form. */
const EMPTIED: ReadonlySet<string> = new Set([
  "language",
  "voice",
  "fromNumber",
  "timeZone",
  "deadlineMinutes",
  "priority",
  "toByLabel",
]);

function ruleOf(draft: SourceDraft): NewSource["rule"] {
  const saved = Object.entries(draft.base).filter(([name]) => !EMPTIED.has(name));
  const { each, reachedWhen, cancelResolved, sensitive, acknowledgeDigit } = draft;
  const { acknowledgePrompt, acknowledgedText, text, groupText } = draft;
  const rule = {
    ...Object.fromEntries(saved),
    each,
    reachedWhen,
    cancelResolved,
    sensitive,
    acknowledgeDigit,
    acknowledgePrompt,
    acknowledgedText,
    text,
    groupText,
    to: draft.to.trim(),
    retry: retryOf(draft),
    tags: listOf(draft.tags),
    ...number("maxCalls", draft.maxCalls),
    ...number("newCallAfterMinutes", draft.newCallAfterMinutes),
    ...number("deadlineMinutes", draft.deadlineMinutes),
    ...given("language", draft.language),
    ...given("voice", draft.voice),
    ...given("fromNumber", draft.fromNumber),
    ...given("timeZone", draft.timeZone),
    ...priorityOf(draft),
    ...(hasLabel(draft) && {
      toByLabel: {
        label: draft.label.trim(),
        numbers: draft.numbers.map(({ is, to }) => ({ is, to: to.trim() })),
      },
    }),
  };
  return rule as NewSource["rule"];
}

function priorityOf({ isEmergency, base: { priority: saved } }: SourceDraft) {
  if (isEmergency) return { priority: "emergency" as const };
  return saved === undefined || saved === "emergency" ? {} : { priority: saved };
}

function hasLabel({ label, numbers }: SourceDraft): boolean {
  return label.trim() !== "" || numbers.length > 0;
}

function retryOf({ attempts, delaySeconds, base }: SourceDraft) {
  return {
    ...base.retry,
    ...number("maxAttempts", attempts),
    backoff: { ...base.retry?.backoff, ...number("delaySeconds", delaySeconds) },
  };
}

function mappingOf({ mapping, resolvedWhen }: SourceDraft): NonNullable<NewSource["mapping"]> {
  const fields = MAPPING_FIELDS.filter((field) => field !== "title" && mapping[field] !== "");
  const words = listOf(resolvedWhen);
  return {
    title: mapping.title,
    ...Object.fromEntries(fields.map((field) => [field, mapping[field]])),
    ...(words.length > 0 && { resolvedWhen: words }),
  };
}

/** Words of a text with commas. */
export function listOf(text: string): string[] {
  return text.split(",").flatMap((word) => word.trim() || []);
}

function given<Name extends string>(name: Name, text: string): Partial<Record<Name, string>> {
  return text.trim() === "" ? {} : ({ [name]: text.trim() } as Record<Name, string>);
}

function number<Name extends string>(name: Name, value: NumberText): Partial<Record<Name, number>> {
  return value === "" ? {} : ({ [name]: Number(value) } as Record<Name, number>);
}
