import { Stack, Text } from "@mantine/core";

import type { CallLogView } from "../../call/call-view.ts";
import { t } from "../../language/translate.ts";
import { useSignedIn } from "../../session/session-context.ts";
import { isSandbox } from "../../session/session.ts";
import { storyOf } from "../../words/story-words.ts";
import { WhereToAct } from "./where-to-act.tsx";

/** The answer that a call's page is opened for: was she reached, why not, and what to do. */
export function Answer({ call }: { call: CallLogView }) {
  const { headline, details, advice, cost } = storyOf(call);
  const isSimulated = isSandbox(useSignedIn());
  return (
    <Stack gap={6} maw={900}>
      <div aria-live="polite" data-sentence>
        <Text className="headline">{headline}</Text>
        <Text style={{ overflowWrap: "anywhere" }}>
          {[...details, cost, cost && isSimulated && t("It is simulated: nothing is charged.")]
            .filter(Boolean)
            .join(" ")}
        </Text>
      </div>
      {advice && (
        <Text component="div" data-advice>
          <b>{t("What to do:")}</b> {advice.text} <WhereToAct call={call} advice={advice} />
        </Text>
      )}
    </Stack>
  );
}
