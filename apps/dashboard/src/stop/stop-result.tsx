import { Alert, Button, Group, Stack, Text } from "@mantine/core";

import { clockTime } from "../format/time.ts";
import { CallLinks } from "../screens/calls/call-links.tsx";
import { endedSentences, type Reach, type StoppedCalls } from "./stop.ts";

interface Props {
  stopped: StoppedCalls;
  reach: Reach;
  onClose: () => void;
}

/** What came of "Stop all calls": since when, what was ended, what was not and why. */
export function StopResult({ stopped: { pausedAt, ended }, reach, onClose }: Props) {
  const isWhole = ended === null || (ended.notEnded.length === 0 && !ended.isCutShort);
  return (
    <Stack gap="sm">
      <Alert
        color={isWhole ? "green" : "orange"}
        variant="outline"
        role="status"
        title={`Stopped at ${clockTime(pausedAt)}`}
        data-stopped
      >
        <Text size="sm">{heldSentence(reach)}</Text>
        {ended === null && <Text size="sm">Running calls were left alone.</Text>}
        {ended !== null &&
          endedSentences(ended).map((sentence) => (
            <Text size="sm" key={sentence}>
              {sentence}
            </Text>
          ))}
        {/* An operator sees no calls. */}
        {reach.kind === "project" && (
          <CallLinks ids={ended?.notEnded.flatMap(({ ids }) => ids) ?? []} />
        )}
      </Alert>
      <Group justify="end">
        <Button onClick={onClose} data-autofocus>
          Close
        </Button>
      </Group>
    </Stack>
  );
}

function heldSentence(reach: Reach): string {
  if (reach.kind === "provider") return `No call goes to ${reach.name}. It can be resumed above.`;
  return "Waiting and new calls are held until they are resumed, by the button on every screen.";
}
