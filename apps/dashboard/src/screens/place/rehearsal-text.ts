import type { Outputs } from "../../api.ts";
import { aboutMoney } from "../../components/money-text.ts";
import { laterText } from "../../format/time.ts";
import { t } from "../../language/translate.ts";
import { refusalReason } from "../../words/reason-words.ts";
import { storyOf } from "../../words/story-words.ts";
import { timelineOf } from "../call/timeline/timeline-of.ts";

/** What a request would become on the simulated carrier, as the server plays it. */
export type Rehearsal = Outputs["calls"]["rehearse"];

type HeardLine = Rehearsal["heard"][number]["lines"][number];

/** One line of what happens, with the time since the first. */
export interface RehearsedLine {
  key: string;
  after: string;
  text: string;
}

/** What would become of the call, in a sentence. */
export function rehearsedHeadline({ call, preview }: Rehearsal): string {
  if (call !== null) return storyOf(call).headline;
  return preview.refusal === null
    ? t("Nothing would be dialled: its idempotency key has placed a call already.")
    : t("It would be refused: {refusal}.", { refusal: refusalReason(preview.refusal) });
}

/** What happens in a rehearsed call, in the order of time. */
export function rehearsedLines(call: NonNullable<Rehearsal["call"]>): RehearsedLine[] {
  const entries = timelineOf(call, { acts: [], deliveries: [], again: undefined });
  const first = entries[0]?.at ?? "";
  return entries.map(({ key, at, text }) => ({ key, after: laterText(first, at), text }));
}

/** What the callee hears or does, in words. */
export function heardText(line: HeardLine): string {
  switch (line.kind) {
    case "said":
      return t("Says: {text}", { text: line.text });
    case "answered":
      return t("Answers: {text}", { text: line.text });
    case "asked":
      return line.isRepeat
        ? t("Asks again: {text}", { text: line.text })
        : t("Asks: {text}", { text: line.text });
    case "pause":
      return t("{seconds, plural, one {# second of silence.} other {# seconds of silence.}}", {
        seconds: line.seconds,
      });
    case "sound":
      return t("Plays the sound {address}", { address: line.address });
    case "pressed":
      return line.acknowledges
        ? t("{digits} is pressed, which acknowledges the call.", { digits: line.digits })
        : t("{digits} is pressed.", { digits: line.digits });
    case "silence":
      return t("Nothing is pressed.");
    case "cut":
      return t("The call ends before the rest is heard.");
  }
}

/** What such a call costs: past calls to the country for each attempt that is answered; undefined where nobody answers. */
export function rehearsedCost({ call, preview }: Rehearsal): string | undefined {
  const count = (call?.attempts ?? []).filter(({ answeredAt }) => answeredAt).length;
  if (count === 0) return undefined;
  const { pastCost } = preview;
  if (pastCost === null)
    return t("What a real call costs is not known: no call to that country has a price yet.");
  const amount = aboutMoney(pastCost.meanUSDCents * count);
  return t(
    "A real call like this would cost {amount}, for {count, plural, one {one answered attempt} other {# answered attempts}}.",
    { amount, count },
  );
}
