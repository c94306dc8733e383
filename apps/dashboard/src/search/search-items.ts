import type { Outputs } from "../api.ts";
import { t } from "../language/translate.ts";

/** What the server has found. */
export type Found = Outputs["search"]["find"];

/** One result of the server: a call, for itself or for its number or incident. */
export type FoundCall = Found["calls"][number];

/** One entry of the list that the search shows. */
export interface SearchItem {
  /** Unique in the list. */
  id: string;
  label: string;
  detail?: string;
  status?: string;
  /** Time in ISO 8601, of the call that the entry stands for. */
  at?: string;
  /** Address that it opens; without one it is another search, or the list of shortcuts. */
  href?: string;
  /** Text that it searches for again. */
  searches?: string;
}

/** Entries under a heading. */
export interface SearchGroup {
  title: string;
  items: SearchItem[];
}

/** The groups of what the server has found; empty ones are left out. */
export function groupsOf(found: Found): SearchGroup[] {
  const groups = [
    { title: t("People and numbers"), items: found.people.map(person) },
    { title: t("Incidents"), items: found.incidents.map(incidentItem) },
    { title: t("Calls"), items: found.calls.map((call) => callItem(call, "call")) },
    { title: t("Texts"), items: found.texts.map((call) => callItem(call, "text")) },
  ];
  return groups.filter(({ items }) => items.length > 0);
}

const known = (text: string | null) => (text === null || text === "" ? [] : [text]);
const timed = ({ createdAt }: FoundCall) => (createdAt === null ? {} : { at: createdAt });
const MASK = "•";

function person(call: FoundCall): SearchItem {
  const { toNumber, user, incident } = call;
  const number = toNumber ?? "";
  // A masked number is no address.
  const isNumber = number !== "" && !number.includes(MASK);
  const id = isNumber ? number : user._id;
  return {
    id: `person-${number}-${user._id ?? ""}`,
    label: [...known(user.name), number].join(" · "),
    detail: known(incident.name)
      .map((title) => t("last call about {title}", { title }))
      .join(""),
    href: id === null ? `/calls/${call._id}` : `/people/${encodeURIComponent(id)}`,
    ...timed(call),
  };
}

function incidentItem(call: FoundCall): SearchItem {
  const { incident, user, toNumber } = call;
  const called = [...known(user.name), ...known(toNumber)][0];
  return {
    id: `incident-${incident._id ?? call._id}`,
    label: incident.name ?? incident._id ?? t("an incident"),
    ...(called !== undefined && { detail: t("last call to {who}", { who: called }) }),
    href:
      incident._id === null
        ? `/calls/${call._id}`
        : `/incidents/${encodeURIComponent(incident._id)}`,
    ...timed(call),
  };
}

function callItem(call: FoundCall, group: "call" | "text"): SearchItem {
  const { _id, status, toNumber, user, incident, text, statusMessage, tags } = call;
  const about = group === "text" ? [text, statusMessage, tags.join(", ")] : [incident.name];
  return {
    id: `${group}-${_id}`,
    label: [...known(user.name), ...known(toNumber)].join(" · ") || _id,
    detail: about.flatMap((one) => known(one ?? null)).join(" · "),
    href: `/calls/${_id}`,
    ...(status !== null && { status }),
    ...timed(call),
  };
}

/** Where the search has looked, in a sentence; empty when it has looked everywhere. */
export function reachInWords({ among, isCut, leftOut }: Found): string {
  const sentences = [
    ...(isCut
      ? [
          t(
            "Perhaps not every name, incident and text was searched: it took too long. Try again, or use filters.",
          ),
        ]
      : []),
    ...(among === null
      ? []
      : [
          t(
            "Parts within a word, and three digits of a number: among the last {count, number} calls.",
            { count: among },
          ),
        ]),
    ...(leftOut.length === 0
      ? []
      : [t("Not searched, because you see them masked: {parts}.", { parts: leftOut.join(", ") })]),
  ];
  return sentences.join(" ");
}
