import type { Outputs } from "../api.ts";
import { t } from "../language/translate.ts";

/** Open calls within the reach of a stop. */
export type OpenCalls = Outputs["stop"]["openCalls"];

/** What came of a stop. */
export type StoppedCalls = Outputs["stop"]["calls"];

/** Whose calls a stop holds: the project's, those of one provider account, or all of the installation. */
export type Reach =
  | { kind: "project"; name: string }
  | { kind: "provider"; name: string }
  | { kind: "everything" };

/** What a stop does, as one sentence. */
export function reachSentence(reach: Reach): string {
  switch (reach.kind) {
    case "project":
      return t(
        "No call of the project {name} is dialled until somebody resumes. Other projects are not affected.",
        { name: reach.name },
      );
    case "provider":
      return t(
        "No call of any project goes to {name} until an operator resumes it. Calls go to the next provider of their project, or wait.",
        { name: reach.name },
      );
    case "everything":
      return t(
        "No call of any project is dialled until an operator resumes: every provider account is paused.",
      );
  }
}

/** Calls that a provider has: a stop ends them only on request. */
export function runningOf({ ringing, answered }: OpenCalls): number {
  return ringing + answered;
}

/** What is open now, and what a stop does to it: a sentence for each kind of call. */
export function fateSentences(open: OpenCalls, reach: Reach): string[] {
  const { ringing, answered, waiting, unknown } = open;
  const sentences = [
    t(
      "{count, plural, one {# call rings or is being dialled now.} other {# calls ring or are being dialled now.}}",
      { count: ringing },
    ),
    t("{count, plural, one {# call is answered now.} other {# calls are answered now.}}", {
      count: answered,
    }),
  ];
  if (runningOf(open) > 0)
    sentences.push(
      t(
        "They go on, unless you end them: then a ringing phone stops, an answered call is hung up, and no further attempt follows.",
      ),
    );
  if (reach.kind !== "provider")
    sentences.push(
      t(
        "{count, plural, one {# call waits now.} other {# calls wait now.}} Waiting and new calls are kept, and dialled after the pause unless their deadline passes first.",
        { count: waiting },
      ),
    );
  if (unknown > 0)
    sentences.push(
      t(
        "{count, plural, one {# call is Unknown and stays so: the provider may or may not have placed it.} other {# calls are Unknown and stay so: the provider may or may not have placed it.}}",
        { count: unknown },
      ),
    );
  return sentences;
}

/** What came of ending the running calls, in sentences. */
export function endedSentences({
  ended,
  notEnded,
  isCutShort,
}: NonNullable<StoppedCalls["ended"]>) {
  return [
    ended === 0 && notEnded.length === 0
      ? t("No call was running.")
      : t("{count, plural, one {# call was ended.} other {# calls were ended.}}", { count: ended }),
    ...notEnded.map(({ reason, calls }) =>
      t(
        "{count, plural, one {# call was not ended: {reason}.} other {# calls were not ended: {reason}.}}",
        { count: calls, reason },
      ),
    ),
    ...(isCutShort
      ? [t("There were more running calls than one request ends: end them again.")]
      : []),
  ];
}
