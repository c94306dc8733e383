import {
  OPEN_KIND_NAMES,
  OPEN_KINDS,
  type OpenCalls,
  type OpenKind,
  permissionsFor,
} from "@call-log/model";

import type { Outputs } from "../api.ts";
import { callsHref } from "../call/calls-href.ts";
import { unknownRule } from "../call/unknown-rule.ts";
import { anyOf } from "../language/local-format.ts";
import { t } from "../language/translate.ts";
import { permissionName } from "../words/permission-words.ts";

/** What came of a pause. */
export type StoppedCalls = Outputs["stop"]["calls"];

/** Whose calls a pause holds: the project's, those of one provider account, or all of the installation. */
export type Reach =
  | { kind: "project"; name: string }
  | { kind: "provider"; name: string }
  | { kind: "everything" };

/** What a pause is called on its button: one project, or all of the installation. */
export function pauseLabel(isOfProject: boolean): string {
  return isOfProject ? t("Pause project") : t("Pause everything");
}

/** Title of the dialog: whose calls are paused. */
export function pauseTitle(reach: Reach): string {
  switch (reach.kind) {
    case "project":
      return t("Pause all calls of {name}", { name: reach.name });
    case "provider":
      return t("Pause all calls through {name}", { name: reach.name });
    case "everything":
      return t("Pause all calls of every project");
  }
}

/** What a pause does, as one sentence. */
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

/** Who ends the pause, and where. */
export function resumeSentence(reach: Reach): string {
  return reach.kind === "project"
    ? t(
        'To resume: "Resume calls" at the top of every screen, or the settings of the project. It takes the permission {permissions}.',
        { permissions: anyOf(permissionsFor("administer").map(permissionName)) },
      )
    : t(
        'To resume: "Resume" at the top of every screen, with the permission {permissions}; or on the machine, call-log provider resume.',
        { permissions: anyOf(permissionsFor("operate").map(permissionName)) },
      );
}

/** One kind of open call in a sentence: how many there are, and what the pause does to them. */
export interface Fate {
  sentence: string;
  /** List of these calls; absent without any, and for operators, who see no calls. */
  href?: string;
}

/** What the pause does to calls: to those that are open now, kind by kind; then what holds for every call. */
export function fateSentences(open: OpenCalls, reach: Reach): Fate[] {
  const kinds = OPEN_KIND_NAMES.filter(
    (kind) => open[kind] > 0 && (KINDS[kind].isShown?.(reach) ?? true),
  );
  return [
    ...(kinds.length === 0 ? [{ sentence: t("No call is open now.") }] : []),
    ...kinds.map((kind) => ({
      sentence: KINDS[kind].sentence(open[kind]),
      ...(reach.kind === "project" && { href: callsHref(OPEN_KINDS[kind].statuses) }),
    })),
    {
      sentence: t(
        "A running call goes on, unless you end it: then a ringing phone stops, an answered call is hung up, and no further attempt follows.",
      ),
    },
    ...(reach.kind === "provider"
      ? []
      : [{ sentence: t("New requests are taken, and their calls wait like the others.") }]),
  ];
}

interface KindWords {
  sentence: (count: number) => string;
  /** @defaultValue always */
  isShown?: (reach: Reach) => boolean;
}

const KINDS: Readonly<Record<OpenKind, KindWords>> = {
  waiting: {
    sentence: (count) =>
      t(
        "{count, plural, one {# call waits now: it is kept, and dialled after the pause, unless its deadline passes first.} other {# calls wait now: they are kept, and dialled after the pause, unless their deadline passes first.}}",
        { count },
      ),
    // A call that waits may go to another provider.
    isShown: ({ kind }) => kind !== "provider",
  },
  ringing: {
    sentence: (count) =>
      t(
        "{count, plural, one {# call rings or is being dialled now.} other {# calls ring or are being dialled now.}}",
        { count },
      ),
  },
  answered: {
    sentence: (count) =>
      t("{count, plural, one {# call is answered now.} other {# calls are answered now.}}", {
        count,
      }),
  },
  unknown: {
    sentence: (count) =>
      t(
        "{count, plural, one {# call is} other {# calls are}} Unknown, which the pause does not change. {rule}",
        { count, rule: unknownRule() },
      ),
  },
};

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
