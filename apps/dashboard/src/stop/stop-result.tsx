import { Alert, Button, Group, Stack, Text } from "@mantine/core";

import { clockTime } from "../format/time.ts";
import { t } from "../language/translate.ts";
import { CallLinks } from "../screens/calls/call-links.tsx";
import { endedSentences, type Reach, resumeSentence, type StoppedCalls } from "./stop.ts";

interface Props {
  stopped: StoppedCalls;
  reach: Reach;
  onClose: () => void;
}

/** What came of the pause: since when, what was ended, what was not and why. */
export function StopResult({ stopped: { pausedAt, ended }, reach, onClose }: Props) {
  const isWhole = ended === null || (ended.notEnded.length === 0 && !ended.isCutShort);
  return (
    <Stack gap="sm">
      <Alert
        color={isWhole ? "good" : "warn"}
        variant="light"
        role="status"
        title={t("Paused at {time}", { time: clockTime(pausedAt) })}
        data-stopped
      >
        <Text size="sm">{heldSentence(reach)}</Text>
        {ended === null && <Text size="sm">{t("Running calls were left alone.")}</Text>}
        {ended !== null &&
          endedSentences(ended).map((sentence) => (
            <Text size="sm" key={sentence}>
              {sentence}
            </Text>
          ))}
        <Text size="sm">{resumeSentence(reach)}</Text>
        {/* An operator sees no calls. */}
        {reach.kind === "project" && (
          <CallLinks ids={ended?.notEnded.flatMap(({ ids }) => ids) ?? []} />
        )}
      </Alert>
      <Group justify="end">
        <Button onClick={onClose} data-autofocus>
          {t("Close")}
        </Button>
      </Group>
    </Stack>
  );
}

function heldSentence(reach: Reach): string {
  if (reach.kind === "provider") return t("No call goes to {name}.", { name: reach.name });
  return t("Waiting and new calls are held until they are resumed.");
}
