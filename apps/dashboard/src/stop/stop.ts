import type { Outputs } from "../api.ts";

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
      return `No call of the project ${reach.name} is dialled until somebody resumes. Other projects are not affected.`;
    case "provider":
      return `No call of any project goes to ${reach.name} until an operator resumes it. Calls go to the next provider of their project, or wait.`;
    case "everything":
      return "No call of any project is dialled until an operator resumes: every provider account is paused.";
  }
}

/** Calls that a provider has: a stop ends them only on request. */
export function runningOf({ ringing, answered }: OpenCalls): number {
  return ringing + answered;
}

function counted(count: number, one: string, many: string): string {
  return count === 1 ? `1 call ${one}` : `${count.toLocaleString("en")} calls ${many}`;
}

/** What is open now, and what a stop does to it: a sentence for each kind of call. */
export function fateSentences(open: OpenCalls, reach: Reach): string[] {
  const { ringing, answered, waiting, unknown } = open;
  const sentences = [
    `${counted(ringing, "rings or is being dialled", "ring or are being dialled")} now.`,
    `${counted(answered, "is answered", "are answered")} now.`,
  ];
  if (runningOf(open) > 0)
    sentences.push(
      "They go on, unless you end them: then a ringing phone stops, an answered call is hung up, and no further attempt follows.",
    );
  if (reach.kind !== "provider")
    sentences.push(
      `${counted(waiting, "waits", "wait")} now. Waiting and new calls are kept, and dialled after the pause unless their deadline passes first.`,
    );
  if (unknown > 0)
    sentences.push(
      `${counted(unknown, "is Unknown and stays", "are Unknown and stay")} so: the provider may or may not have placed it.`,
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
      ? "No call was running."
      : `${counted(ended, "was ended", "were ended")}.`,
    ...notEnded.map(
      ({ reason, calls }) => `${counted(calls, "was not ended", "were not ended")}: ${reason}.`,
    ),
    ...(isCutShort ? ["There were more running calls than one request ends: end them again."] : []),
  ];
}
