import type { CallLogView, QueryInput } from "@call-log/model";
import { useDocumentVisibility } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef, useState } from "react";

import { api, errorText, isSignedOut } from "../../api.ts";
import { ROW_SELECT } from "../../call/call-view.ts";
import { endSession } from "../../session/session.ts";
import { lastAnswerAt } from "../../status/last-answer.ts";

/** How the changes come: not at all, being connected, or as they happen. */
export type LiveState = "off" | "connecting" | "on";

/** What the server tells at a time: calls that match, and ids of others that have changed. */
export interface LiveEvent {
  calls: CallLogView[];
  others: string[];
}

/** After an answer that is none, such as a proxy's, it is tried again after so many milliseconds; a browser gives up there. */
const AGAIN_AFTER_MS = 3000;

interface StreamOptions {
  query: QueryInput;
  isOpen: boolean;
  onChanges: (event: LiveEvent) => Promise<void>;
}

/** The changes of the calls of a query. A hidden page needs no news, and a browser has few connections to a server; where it was is where it goes on. */
export function useStream({ query, isOpen, onChanges }: StreamOptions) {
  const queries = useQueryClient();
  const isVisible = useDocumentVisibility() === "visible";
  const [state, setState] = useState<LiveState>("connecting");
  const [trouble, setTrouble] = useState<string>();
  const [round, setRound] = useState(0);
  const [liveUntil, setLiveUntil] = useState(0);
  const last = useRef<{ queryText: string; id: string }>(undefined);
  const queryText = JSON.stringify(query);
  const onEvent = useEffectEvent((id: string, event: LiveEvent) => {
    last.current = { queryText, id };
    onChanges(event).catch((error: unknown) => setTrouble(errorText(error)));
  });
  useEffect(() => {
    if (!isOpen || !isVisible) return undefined;
    setTrouble(undefined);
    let wasOn = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const from = last.current?.queryText === queryText ? last.current.id : undefined;
    const subscription = api.callLog.live.subscribe(
      {
        query: JSON.parse(queryText) as QueryInput,
        select: ROW_SELECT,
        ...(from !== undefined && { lastEventId: from }),
      },
      {
        onData: ({ id, data }) => onEvent(id, data),
        onConnectionStateChange: (change) => {
          const isOn = change.state === "pending";
          setState(isOn ? "on" : "connecting");
          // A silent connection is missed late; the server has answered something else until then.
          if (!isOn && wasOn) setLiveUntil(lastAnswerAt(queries));
          wasOn = isOn;
        },
        onError(error) {
          if (isSignedOut(error)) endSession(queries);
          setState("connecting");
          // What the server refuses it will refuse again; a proxy that has nobody behind it will have somebody soon.
          if (error.data) setTrouble(errorText(error));
          else timer = setTimeout(() => setRound((present) => present + 1), AGAIN_AFTER_MS);
        },
      },
    );
    return () => {
      clearTimeout(timer);
      subscription.unsubscribe();
    };
  }, [isOpen, isVisible, queryText, round, queries]);
  return { state, trouble, liveUntil };
}
