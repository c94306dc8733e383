import type { Operation } from "@call-log/model";

import { t } from "../language/translate.ts";
import { actorName } from "../words/actor-words.ts";
import type { ProjectStatus, Status } from "./status.ts";

/** Act that ends what a line says, and the text of its button. */
export type Remedy =
  | { kind: "resume-project"; label: string }
  | { kind: "resume-providers"; label: string; providers: string[] };

/** One line of the status bar. */
export interface Notice {
  /** Unique name of the line. */
  name: string;
  tone: "bad" | "warn";
  title: string;
  /** Reason or meaning; without a full stop if a time follows. */
  text: string;
  /** Start, in ISO 8601. */
  since?: string;
  /** Action that ends it, for those with the right. */
  remedy?: Remedy;
  /** Link to details. */
  link?: { href: string; label: string };
}

/** Lines of the status bar; empty while calls go out normally, and while the status is unknown. */
export function noticesOf(
  status: Status | undefined,
  { may, isSandbox }: { may: readonly Operation[]; isSandbox: boolean },
): Notice[] {
  if (status === undefined) return [];
  return [
    ...serverNotices(status),
    ...("stuck" in status ? projectNotices(status, may) : []),
    ...providerNotices(status),
    ...(status.providersDiffer ? [DIFFERENT] : []),
    // Of a sandbox, the badge beside the project says it.
    ...(isSandbox ? [] : simulatedNotices(status)),
  ];
}

const RESUME = t("Resume calls");

const DIFFERENT: Notice = {
  name: "providers-differ",
  tone: "bad",
  title: t("Processes have different providers."),
  text: t(
    "The provider of a call depends on the process that takes it. Give every api and worker the same PROVIDER.",
  ),
};

function simulatedNotices({ simulated }: Status): Notice[] {
  if (simulated.length === 0) return [];
  const text = t("Calls through {names} ring no phone.", { names: simulated.join(", ") });
  return [
    { name: "simulated", tone: "warn", title: t("One of the providers is simulated."), text },
  ];
}

function serverNotices({ isRedisUp, hasWorkers }: Status): Notice[] {
  if (!isRedisUp)
    return [
      {
        name: "redis",
        tone: "bad",
        title: t("Redis is away."),
        text: t(
          "Nothing is dialled and nothing is recorded until it is back; calls wait in the database.",
        ),
      },
    ];
  if (hasWorkers) return [];
  return [
    {
      name: "workers",
      tone: "bad",
      title: t("No worker is alive."),
      text: t(
        "Nothing is dialled and nothing is recorded until one is started; calls wait in the database.",
      ),
    },
  ];
}

function projectNotices(status: ProjectStatus, may: readonly Operation[]): Notice[] {
  const { paused, operatorPause, stuck } = status;
  const notices: Notice[] = [];
  if (operatorPause)
    notices.push({
      name: "operator-pause",
      tone: "bad",
      title: t("Paused by an operator: no call of this project is dialled."),
      text: t("{reason}. Only an operator can resume it", { reason: operatorPause.reason }),
      since: operatorPause.at,
    });
  if (paused)
    notices.push({
      name: "pause",
      tone: "bad",
      title: paused.by
        ? t("Paused by {who}: no call of this project is dialled.", { who: actorName(paused.by) })
        : t("Paused: no call of this project is dialled."),
      text: paused.reason,
      since: paused.at,
      // During an operator's pause, the server refuses it.
      ...(may.includes("administer") &&
        !operatorPause && { remedy: { kind: "resume-project" as const, label: RESUME } }),
    });
  if (stuck.oldest) notices.push(stuckNotice(stuck.calls, stuck.oldest));
  return notices;
}

function stuckNotice(calls: number, oldest: { wakeAt: string }): Notice {
  return {
    name: "stuck",
    tone: "bad",
    title:
      calls >= 100
        ? t("100 calls or more are stuck.")
        : t("{count, plural, one {# call is} other {# calls are}} stuck.", { count: calls }),
    text: t("Overdue, and not handled"),
    since: oldest.wakeAt,
    link: { href: "/system", label: t("Show them") },
  };
}

function providerNotices(status: Status): Notice[] {
  const { pausedProviders, isEveryProviderPaused } = status;
  return isEveryProviderPaused ? [everythingNotice(pausedProviders)] : eachNotice(pausedProviders);
}

type PausedProvider = Status["pausedProviders"][number];

function everythingNotice(paused: readonly PausedProvider[]): Notice {
  const reasons = new Set(paused.flatMap((one) => ("reason" in one ? [one.reason] : [])));
  const since = paused
    .map(({ at }) => at)
    .toSorted()
    .at(-1);
  const names = paused.map(({ name }) => name);
  return {
    name: "every-provider",
    tone: "bad",
    title: t(
      "All calls are paused: every provider is paused, and no call of any project is dialled.",
    ),
    text: reasons.size > 0 ? [...reasons].join("; ") : t("Only an operator can resume them"),
    ...(since !== undefined && { since }),
    ...(reasons.size > 0 && {
      remedy: { kind: "resume-providers", label: RESUME, providers: names } as const,
    }),
  };
}

function eachNotice(pausedProviders: readonly PausedProvider[]): Notice[] {
  return pausedProviders.map((provider) => ({
    name: `provider-${provider.name}`,
    tone: "warn",
    title: t("The provider {name} is paused.", { name: provider.name }),
    text:
      "reason" in provider
        ? provider.by === "person"
          ? t("By a person: {reason}", { reason: provider.reason })
          : t("By call-log, after the provider's answer: {reason}", { reason: provider.reason })
        : t("Calls use the next provider of the project, or wait until an operator resumes it"),
    since: provider.at,
    ...("reason" in provider && {
      remedy: {
        kind: "resume-providers" as const,
        label: t("Resume {name}", { name: provider.name }),
        providers: [provider.name],
      },
    }),
  }));
}
