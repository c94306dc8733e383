import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { api } from "../../api.ts";
import type { CallLogView } from "../../call/call-view.ts";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { HearText } from "../../components/hear-text.tsx";
import { Panel } from "../../components/panel.tsx";
import { t } from "../../language/translate.ts";
import { useSignedIn } from "../../session/session-context.ts";

/** What the callee hears, to be read and heard; hidden for a sensitive call, and from a key with masked access. */
export function SpokenText({ call: { _id: id, callData } }: { call: CallLogView }) {
  const { may } = useSignedIn();
  const { message, sensitive, masked } = callData ?? {};
  const hidden =
    (sensitive === true && t("Hidden: the call is sensitive.")) ||
    (masked === true && t("Hidden: your key has masked access."));
  const { data, error } = useQuery({
    queryKey: ["speech", id],
    queryFn: ({ signal }) => api.calls.speech.query({ id }, { signal }),
    enabled: !hidden && may.includes("see-numbers"),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const text = typeof message === "string" ? message : t("No text is stored.");
  return (
    <Panel title={t("Spoken text")}>
      <ErrorAlert error={error} />
      {data ? (
        <HearText steps={data.steps} language={data.language} />
      ) : (
        <Text dir="auto" style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>
          {hidden || text}
        </Text>
      )}
    </Panel>
  );
}
