import { groupOfStatus } from "@call-log/model";
import { Anchor } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { Link } from "wouter";

import { api, type Outputs } from "../api.ts";
import { t } from "../language/translate.ts";
import { statusName } from "../words/status-words.ts";
import type { CallLogView } from "./call-view.ts";

type Again = Outputs["calls"]["calledAgainMany"]["calls"][number];

/** Refresh interval, in milliseconds. */
const FRESH_MS = 10_000;
/** Most calls of a list that are asked about, the first ones. */
const MOST = 100;

const CalledAgain = createContext<ReadonlyMap<string, Again>>(new Map());

interface Props {
  calls: readonly Pick<CallLogView, "_id" | "status">[];
  children: ReactNode;
}

/** Lets the rows of these calls know which of them were called again; those that reached somebody are not. */
export function CalledAgainProvider({ calls, children }: Props) {
  const ids = calls
    .filter(({ status }) =>
      ["not-reached", "failed", "canceled"].includes(groupOfStatus(status ?? "")),
    )
    .map(({ _id }) => _id)
    .slice(0, MOST);
  const { data } = useQuery({
    queryKey: ["called-again-many", ids],
    queryFn: ({ signal }) => api.calls.calledAgainMany.query({ ids }, { signal }),
    enabled: ids.length > 0,
    refetchInterval: FRESH_MS,
    placeholderData: (previous) => previous,
  });
  const byId = useMemo(
    () => new Map((data?.calls ?? []).map((again) => [again.of, again])),
    [data],
  );
  return <CalledAgain.Provider value={byId}>{children}</CalledAgain.Provider>;
}

/** Link from a call to the one that calls it again; empty where there is none. */
export function CalledAgainMark({ id }: { id: string }) {
  const again = useContext(CalledAgain).get(id);
  if (again === undefined) return null;
  return (
    <Anchor component={Link} href={`/calls/${again._id}`} size="xs" underline="always">
      {t("called again: {status}", { status: statusName(again.status) })}
    </Anchor>
  );
}
