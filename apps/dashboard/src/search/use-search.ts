import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";

import { api } from "../api.ts";
import { t } from "../language/translate.ts";
import { useSignedIn } from "../session/session-context.ts";
import { isSandbox } from "../session/session.ts";
import { noticesOf } from "../status/notices.ts";
import { useStatus } from "../status/use-status.ts";
import { commandsFor } from "./commands.ts";
import { recent } from "./recent.ts";
import { type Found, groupsOf, type SearchGroup } from "./search-items.ts";

/** Pause in typing after which the server is asked, in milliseconds. */
const PAUSE_MS = 150;
/** Fewest characters that the server is asked for. */
const FEWEST = 2;

/** What the search shows for a text. */
export interface SearchState {
  groups: SearchGroup[];
  /** The server's answer for this text, or for one before it while this one is looked for. */
  found: Found | undefined;
  isSearching: boolean;
  /** The answer is one for a text before this one. */
  isOld: boolean;
  error: unknown;
}

/** The results for a text: screens and acts at once, calls when the server has answered; without a text, recent ones. */
export function useSearchResults(typed: string): SearchState {
  const session = useSignedIn();
  const text = typed.trim();
  const [asked] = useDebouncedValue(text, PAUSE_MS);
  const isAsking = session.project !== null && asked.length >= FEWEST && text.length >= FEWEST;
  const search = useQuery({
    queryKey: ["search", asked],
    queryFn: ({ signal }) => api.search.find.query({ text: asked }, { signal }),
    enabled: isAsking,
    placeholderData: keepPreviousData,
    staleTime: 5000,
  });
  const opened = useRecentGroups(text === "");
  const found = isAsking ? search.data : undefined;
  const { data: status } = useStatus(session);
  const notices = noticesOf(status, { may: session.may, isSandbox: isSandbox(session) });
  const canResume = notices.some(({ remedy }) => remedy !== undefined);
  const isSearching = isAsking && (search.isFetching || asked !== text);
  const commands = commandsFor(text, { may: session.may, canResume }).map(({ label, path }) => ({
    id: `command-${label}`,
    label,
    ...(path !== undefined && { href: path }),
  }));
  return {
    groups: [
      ...opened,
      ...(found === undefined ? [] : groupsOf(found)),
      ...(commands.length === 0 ? [] : [{ title: t("Go to"), items: commands }]),
      ...(isAsking ? [{ title: t("Filter"), items: [allWith(text)] }] : []),
    ],
    found,
    isSearching,
    isOld: isSearching && found !== undefined,
    error: isAsking ? search.error : null,
  };
}

function allWith(text: string) {
  return {
    id: "all",
    label: t("All calls with “{text}”", { text }),
    href: `/?${new URLSearchParams({ text }).toString()}`,
  };
}

function useRecentGroups(isWanted: boolean): SearchGroup[] {
  const session = useSignedIn();
  const ids = isWanted && session.project !== null ? recent(session, "opened-calls") : [];
  const { data } = useQuery({
    queryKey: ["opened-calls", ids],
    queryFn: ({ signal }) =>
      api.callLog.getList.query(
        {
          query: { _id: { _type: "Includes", value: ids } },
          select: { createdAt: true, toNumber: true, status: true, user: { name: true } },
          limit: ids.length,
        },
        { signal },
      ),
    enabled: ids.length > 0,
  });
  if (!isWanted) return [];
  const searches = recent(session, "searches").map((text) => ({
    id: `recent-${text}`,
    label: text,
    searches: text,
  }));
  const byId = new Map(data?.data.map((call) => [call._id, call]));
  const calls = ids.flatMap((id) => {
    const call = byId.get(id);
    if (call === undefined) return [];
    const { toNumber, createdAt, status, user } = call;
    return {
      id: `opened-${id}`,
      label: [user?.name, toNumber].filter(Boolean).join(" · "),
      href: `/calls/${id}`,
      ...(status && { status }),
      ...(createdAt && { at: createdAt }),
    };
  });
  return [
    { title: t("Recent searches"), items: searches },
    { title: t("Calls opened last"), items: calls },
  ].filter(({ items }) => items.length > 0);
}
