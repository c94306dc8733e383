import { callStory } from "@call-log/model";
import { Stack, Text } from "@mantine/core";

import type { CallLogView } from "../../call/call-view.ts";
import { BROWSER_TIMES } from "../../format/time.ts";
import { WhereToAct } from "./where-to-act.tsx";

/** The answer that a call's page is opened for: was she reached, why not, and what to do. */
export function Answer({ call }: { call: CallLogView }) {
  const { headline, details, advice, cost } = callStory(call, BROWSER_TIMES);
  return (
    <Stack gap={6} maw={900}>
      <div aria-live="polite" data-sentence>
        <Text className="headline" dir="auto">
          {headline}
        </Text>
        <Text dir="auto" style={{ overflowWrap: "anywhere" }}>
          {[...details, cost].filter(Boolean).join(" ")}
        </Text>
      </div>
      {advice && (
        <Text component="div" data-advice>
          <b>What to do:</b> {advice.text} <WhereToAct call={call} advice={advice} />
        </Text>
      )}
    </Stack>
  );
}
