import type { CallRequestInput } from "@call-log/model";
import { Alert, Button, Group, List, Select, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "../../api.ts";
import { t } from "../../language/translate.ts";
import {
  type Rehearsal,
  heardText,
  rehearsedCost,
  rehearsedHeadline,
  rehearsedLines,
} from "./rehearsal-text.ts";
import { SCRIPTED_NUMBERS } from "./scripted-numbers.ts";

interface Props {
  request: CallRequestInput;
  /** Whether every provider of the project is simulated. */
  isSandbox: boolean;
  /** A refused field, to be shown at it; null when a rehearsal begins. */
  onError: (error: unknown) => void;
}

const CALLEES = SCRIPTED_NUMBERS.map(({ script, what }) => ({ value: script, label: what }));

/** Plays the call on the simulated carrier: nothing rings, nothing is written. */
export function RehearseCall({ request, isSandbox, onError }: Props) {
  const [script, setScript] = useState("presses-4");
  const asked = JSON.stringify({ request, script });
  const { mutate, data, isPending, variables } = useMutation({
    mutationFn: async (text: string) =>
      api.calls.rehearse.query(JSON.parse(text) as { request: CallRequestInput; script: string }),
    onMutate: () => onError(null),
    onError,
  });
  return (
    <Stack gap="xs">
      <Group gap="sm" align="end">
        <Select
          label={t("What the callee does, on the simulated provider")}
          data={CALLEES}
          value={script}
          allowDeselect={false}
          maw="100%"
          w={380}
          onChange={(value) => setScript(value ?? script)}
        />
        <Button variant="default" loading={isPending} onClick={() => mutate(asked)}>
          {t("Rehearse")}
        </Button>
      </Group>
      <Text size="sm">
        {isSandbox
          ? t(
              "Placing the call rings no phone here, either: every provider is simulated. A rehearsal also leaves no call in the log.",
            )
          : t(
              "Plays the whole call at once, with its retries. Nothing rings and nothing is written.",
            )}
      </Text>
      {data && variables === asked && <Result rehearsal={data} />}
    </Stack>
  );
}

function Result({ rehearsal }: { rehearsal: Rehearsal }) {
  const { call, heard, isCut } = rehearsal;
  const headline = rehearsedHeadline(rehearsal);
  if (call === null)
    return (
      <Alert color="bad" variant="light" role="status" data-rehearsal>
        {headline}
      </Alert>
    );
  const cost = rehearsedCost(rehearsal);
  return (
    <Alert
      color="active"
      variant="light"
      role="status"
      title={t("Rehearsal: nobody was called")}
      data-rehearsal
    >
      <Stack gap="xs">
        <Text fw={600}>{headline}</Text>
        <List type="ordered" size="sm" aria-label={t("What happens")}>
          {rehearsedLines(call).map(({ key, after, text }) => (
            <List.Item key={key}>
              <span className="number">{after}</span> {text}
            </List.Item>
          ))}
        </List>
        {isCut && (
          <Text size="sm">{t("It would be tried for 24 hours; the rest is left out.")}</Text>
        )}
        {heard.map(({ attempt, lines }) => (
          <div key={attempt}>
            <Text size="sm" fw={600}>
              {t("What is heard on attempt {attempt}", { attempt })}
            </Text>
            <List size="sm">
              {lines.map((line, index) => (
                <List.Item key={index}>
                  <bdi>{heardText(line)}</bdi>
                </List.Item>
              ))}
            </List>
          </div>
        ))}
        {cost !== undefined && <Text size="sm">{cost}</Text>}
      </Stack>
    </Alert>
  );
}
