import { type Acknowledgement, acknowledgementText } from "./acknowledgement.ts";
import { NotPossibleError } from "./not-possible-error.ts";
import {
  addressUnder,
  isSuccess,
  jsonOf,
  jsonRequest,
  type SendRequest,
  type SourceAnswer,
} from "./source-request.ts";

/** Where and for how long an alert is silenced. */
export interface SilenceOptions {
  /** Address under which `/api/v2/silences` is. */
  base: string;
  headers: Readonly<Record<string, string>>;
  /** From the press to the end of the silence. */
  durationSeconds: number;
  /** Labels that the silence matches, of those that the alert has; all of them when absent. */
  matchLabels?: readonly string[] | undefined;
  now: Date;
}

/** Most filters of a look-up: a web server refuses an endless address. */
const MOST_FILTERS = 10;

/** Longest label value that is surely whole: a call log cuts them at 200 characters, between two graphemes. */
const LONGEST_WHOLE = 150;

interface Matcher {
  name: string;
  value: string;
  isRegex: boolean;
  isEqual: true;
}

/**
 * Silence an alert by the API that Alertmanager and Grafana share. A silence that names the call is not made again, in
 * whatever state it is: one that a person has ended stays ended. Rejects with a `NotPossibleError` when the silence
 * would be over already, or would match nothing. Source:
 * https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml
 */
export async function silenceAlert(
  acknowledgement: Acknowledgement,
  options: SilenceOptions,
  send: SendRequest,
): Promise<SourceAnswer> {
  const { base, headers } = options;
  const matchers = matchersOf(acknowledgement.alert.labels, options.matchLabels);
  const endsAt = endOf(acknowledgement, options);
  const address = addressUnder(base, "/api/v2/silences");
  const found = await send({ method: "GET", url: address + filterOf(matchers), headers });
  if (!isSuccess(found)) return found;
  const present = silenceOf(acknowledgement.callLogId, found);
  if (present !== undefined) return { ...found, body: JSON.stringify(present) };
  const silence = {
    matchers,
    // In the past by now: Alertmanager moves it to its own present, so that its clock may differ from ours.
    startsAt: acknowledgement.acknowledgedAt.toISOString(),
    endsAt: endsAt.toISOString(),
    createdBy: "call-log",
    comment: acknowledgementText(acknowledgement),
  };
  return send(jsonRequest(address, silence, headers));
}

function endOf({ acknowledgedAt }: Acknowledgement, options: SilenceOptions): Date {
  const endsAt = new Date(acknowledgedAt.getTime() + options.durationSeconds * 1000);
  if (endsAt > options.now) return endsAt;
  throw new NotPossibleError(`The silence would have ended at ${endsAt.toISOString()}`);
}

function matchersOf(
  labels: Readonly<Record<string, string>>,
  only: readonly string[] | undefined,
): Matcher[] {
  const all = Object.entries(labels).filter(([, value]) => value !== "");
  const chosen = all.filter(([name]) => only === undefined || only.includes(name));
  // Without one of the chosen labels the silence must not become wider than the alert.
  const matched = chosen.length > 0 ? chosen : all;
  if (matched.length === 0) throw new NotPossibleError("The alert has no labels to match");
  return matched.map(([name, value]) => ({ name, ...valueMatcher(value), isEqual: true }));
}

function valueMatcher(value: string): Pick<Matcher, "value" | "isRegex"> {
  if (value.length <= LONGEST_WHOLE) return { value, isRegex: false };
  // RE2, as Go has it; Alertmanager anchors it at both ends.
  return { value: `${value.replaceAll(/[\\.+*?()|[\]{}^$]/g, "\\$&")}(?s:.*)`, isRegex: true };
}

/** Silences with the same matchers, so that few are sent of thousands. Older releases know no other characters in a name. */
function filterOf(matchers: readonly Matcher[]): string {
  const short = matchers.filter(
    ({ name, isRegex }) => /^[a-zA-Z_]\w{0,99}$/.test(name) && !isRegex,
  );
  const quoted = (value: string) =>
    value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
  const filters = short
    .slice(0, MOST_FILTERS)
    .map(({ name, value }) => `${name}="${quoted(value)}"`);
  const query = new URLSearchParams(filters.map((filter): [string, string] => ["filter", filter]));
  return `?${query.toString()}`;
}

function silenceOf(callLogId: string, answer: SourceAnswer): unknown {
  const silences = jsonOf(answer);
  if (!Array.isArray(silences)) return undefined;
  return silences.find((silence: unknown) => {
    const comment = (silence as { comment?: unknown } | null)?.comment;
    return typeof comment === "string" && comment.includes(`call ${callLogId}`);
  });
}
