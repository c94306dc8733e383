import type { QueryInput } from "@call-log/model";
import { useDocumentVisibility } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef, useState } from "react";

import { api, type Outputs, type Sent } from "../../api.ts";
import { ROW_SELECT } from "../../call/call-view.ts";
import { errorText, isSignedOut } from "../../connection/error-text.ts";
import { endSession } from "../../session/session.ts";
import { lastAnswerAt } from "../../status/last-answer.ts";

/** State of the live updates: off, connecting, on. */
export type LiveState = "off" | "connecting" | "on";

/** One live event: changed calls that match, and ids of other changed calls. */
export type LiveEvent = Sent<Outputs["callLog"]["live"]>;

/** Delay before reconnecting after an answer that is not the server's, in milliseconds; a browser gives up there. */
const AGAIN_AFTER_MS = 3000;

interface StreamOptions {
  query: QueryInput;
  isOpen: boolean;
  onChanges: (event: LiveEvent) => Promise<void>;
}

/** The live changes of a query. Closed while the page is hidden, to save connections; resumes from the last event. */
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
          // A dead connection is noticed late; the data was live until the server's last answer.
          if (!isOn && wasOn) setLiveUntil(lastAnswerAt(queries));
          wasOn = isOn;
        },
        onError(error) {
          if (isSignedOut(error)) endSession(queries);
          setState("connecting");
          // A refusal by the server is final; a proxy without a server behind it is temporary.
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
