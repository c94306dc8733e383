import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { api } from "../api.ts";
import type { Session } from "../session/session.ts";
import { type AnswerAcrossTabs, answerAcrossTabs } from "./answer-across-tabs.ts";
import { type Status, STATUS } from "./status.ts";

/** Refresh interval of the status, in milliseconds; a hidden page does not refresh. */
const EVERY_MS = 5000;

/** The present status, for the status bar. */
export function useStatus({ project, keyId, person }: Session) {
  const whose = [project?._id ?? "installation", keyId ?? person?.email ?? ""].join(".");
  const [shared, setShared] = useState<AnswerAcrossTabs<Status>>();
  useEffect(() => {
    const opened = answerAcrossTabs<Status>(`call-log.status.${whose}`, EVERY_MS - 500);
    setShared(opened);
    return () => opened.close();
  }, [whose]);
  const ask = () => (project === null ? api.operator.status.query() : api.system.status.query());
  return useQuery<Status>({
    queryKey: [...STATUS, whose],
    queryFn: () => shared!.get(ask),
    enabled: shared !== undefined,
    refetchInterval: EVERY_MS,
    retry: false,
  });
}
