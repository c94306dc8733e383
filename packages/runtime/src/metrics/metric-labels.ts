import { DELIVERY_RESULTS, DISPATCH_STEPS, PLACE_RESULTS } from "@call-log/dispatcher";
import {
  CALL_OUTCOME_NAMES,
  CALL_STATUS_NAMES,
  DELIVERY_KINDS,
  FORMER_REFUSAL_CLASSES,
  PROBLEM_RULE_NAMES,
  QUEUES,
  REFUSAL_CLASSES,
  WAIT_REASON_NAMES,
} from "@call-log/model";

/** What takes the place of a value that a label does not have. */
export const OTHER = "other";

/** What became of a callback. */
export const CALLBACK_RESULTS = ["accepted", "refused", "unavailable"] as const;

/** Values of a label: a list, or a form with the most different ones that a process shows. */
export interface LabelEntry {
  help: string;
  values: readonly string[] | { form: RegExp; most: number };
}

/** Projects whose budget is shown: those with the least left. */
export const MAX_PROJECTS = 100;

/** Every label of a metric; none holds a phone number, a text or an id of a call. */
export const METRIC_LABELS = {
  method: {
    help: "Method of HTTP",
    values: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
  },
  route: {
    help: "Pattern of the route, such as `/api/call-log/:id`; `none` for an unknown address",
    values: { form: /^(none|\/[\w\-/:.*?]{0,120})$/, most: 300 },
  },
  code: { help: "Status code of HTTP", values: { form: /^[1-5]\d\d$/, most: 60 } },
  step: { help: "Step of a call, timed from the one before", values: DISPATCH_STEPS },
  provider: {
    help: "Name of the provider account; `none` for an attempt without one",
    values: { form: /^[a-z][a-z0-9-]{0,39}$/, most: 50 },
  },
  result: {
    help: "What came of it",
    values: [
      ...PLACE_RESULTS,
      ...CALLBACK_RESULTS.filter((one) => one !== "accepted"),
      ...DELIVERY_RESULTS,
    ],
  },
  kind: { help: "What a delivery is sent as", values: DELIVERY_KINDS },
  outcome: { help: "Outcome of an attempt", values: CALL_OUTCOME_NAMES },
  class: {
    help: "Refusal class; `none` for an attempt that was not refused",
    values: ["none", ...REFUSAL_CLASSES, ...FORMER_REFUSAL_CLASSES],
  },
  status: { help: "Status of a call", values: CALL_STATUS_NAMES },
  reason: { help: "Why a call waits", values: WAIT_REASON_NAMES },
  queue: { help: "Name of the queue", values: Object.values(QUEUES).map(({ name }) => name) },
  state: {
    help: "State of a job in its queue",
    values: ["waiting", "active", "delayed", "failed"],
  },
  currency: { help: "Currency, ISO 4217", values: { form: /^[A-Z]{3}$/, most: 20 } },
  project: {
    help: "Id of a project; only of the 100 with the smallest share of a budget left",
    values: { form: /^[0-9a-f-]{24,36}$/, most: MAX_PROJECTS },
  },
  period: { help: "What a limit of a budget counts for", values: ["day", "month", "prepaid"] },
  rule: { help: "Rule of a problem", values: PROBLEM_RULE_NAMES },
  server: { help: "Server that is connected to", values: ["mongodb", "redis"] },
  role: { help: "What the process is", values: ["api", "worker", "standalone"] },
  version: {
    help: "Version of call-log",
    values: { form: /^\d+\.\d+\.\d+[\w.+-]{0,30}$/, most: 1 },
  },
  node: { help: "Version of Node.js", values: { form: /^v[\d.]{1,20}/, most: 1 } },
} as const satisfies Record<string, LabelEntry>;

/** Name of a label. */
export type LabelName = keyof typeof METRIC_LABELS;

/** Gives the value of a label, or `other` for one that is not of its list or form, or one too many. */
export type BoundLabel = (name: LabelName, value: string) => string;

/** Bound the labels of a process: what it has shown once, it shows again. */
export function boundLabels(): BoundLabel {
  const seen = new Map<LabelName, Set<string>>();
  return (name, value) => {
    const { values }: LabelEntry = METRIC_LABELS[name];
    if (!("form" in values)) return values.includes(value) ? value : OTHER;
    const known = seen.get(name) ?? new Set();
    if (known.has(value)) return value;
    if (known.size >= values.most || !values.form.test(value)) return OTHER;
    seen.set(name, known.add(value));
    return value;
  };
}
