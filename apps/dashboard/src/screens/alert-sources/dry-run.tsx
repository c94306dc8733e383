import { ALERT_SOURCE_KINDS, type AlertSourceKind, EXAMPLE_BODIES } from "@call-log/model";
import { Button, Group, Paper, Stack, Text, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "../../api.ts";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Panel } from "../../components/panel.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import type { Tone } from "../../design/tokens.ts";
import { t } from "../../language/translate.ts";
import { ACTION_WORDS, type Preview, spokenOf, summaryOf } from "./preview-text.ts";
import type { NewSource } from "./source-draft.ts";

const TONES = {
  call: "good",
  cancel: "neutral",
  nothing: "neutral",
  refuse: "bad",
} as const satisfies Record<Preview["action"], Tone>;

interface Props {
  kind: AlertSourceKind;
  /** The source in the form, or undefined when the form has problems. */
  check: () => NewSource | undefined;
}

/** Shows what a notification would do by the rule in the form, before it is saved. */
export function DryRun({ kind, check }: Props) {
  const [body, setBody] = useState(() => JSON.stringify(EXAMPLE_BODIES[kind], null, 2));
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: async () => {
      const parsed = parseBody(body);
      const source = check();
      if (source === undefined) throw new Error(t("Correct the fields that are marked first."));
      return api.alertSources.dryRun.mutate({ source, body: parsed });
    },
  });
  return (
    <Panel title={t("Dry run")}>
      <Text size="sm">
        {t(
          "What a notification of {program} would do by what is in the form. Nobody is called, and nothing is saved.",
          { program: ALERT_SOURCE_KINDS[kind].title },
        )}
      </Text>
      <Textarea
        label={t("Notification as JSON")}
        description={t("An example of this program. Replace it with one of your own")}
        autosize
        minRows={6}
        maxRows={18}
        dir="ltr"
        spellCheck={false}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      <Group>
        <Button variant="default" loading={isPending} onClick={() => mutate()}>
          {t("Show what would happen")}
        </Button>
      </Group>
      <div aria-live="polite">
        <ErrorAlert error={error} />
        {data && !error && <Results results={data.results} />}
      </div>
    </Panel>
  );
}

function Results({ results }: { results: readonly Preview[] }) {
  return (
    <Stack gap="xs" data-dry-run>
      <Text fw={600}>{summaryOf(results)}</Text>
      {results.map((result) => (
        <Result key={`${result.action} ${result.indexes.join(",")}`} result={result} />
      ))}
    </Stack>
  );
}

function Result({ result }: { result: Preview }) {
  const { action, indexes, fingerprint, reason, request } = result;
  const places = indexes.map((index) => index + 1);
  const spoken = spokenOf(result);
  return (
    <Paper withBorder p="xs">
      <Group gap="xs">
        <StateBadge tone={TONES[action]}>{ACTION_WORDS[action]}</StateBadge>
        {request !== undefined && <Text className="number">{request.toNumber}</Text>}
        <Text size="sm" c="dimmed">
          {t("{count, plural, one {Alert {places}} other {Alerts {places}}}", {
            count: places.length,
            places: places.join(", "),
          })}
        </Text>
      </Group>
      {reason !== undefined && (
        <Text size="sm" dir="auto">
          {reason}
        </Text>
      )}
      {spoken !== "" && (
        <Text size="sm" dir="auto" style={{ overflowWrap: "anywhere" }}>
          {t("“{spoken}”", { spoken })}
        </Text>
      )}
      {fingerprint !== undefined && (
        <Text size="xs" c="dimmed" dir="ltr" style={{ overflowWrap: "anywhere" }}>
          {t("Fingerprint {fingerprint}", { fingerprint })}
        </Text>
      )}
    </Paper>
  );
}

function parseBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    const problem = (error as Error).message;
    throw new Error(t("The notification is not valid JSON: {problem}", { problem }), {
      cause: error,
    });
  }
}
