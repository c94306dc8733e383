import type { CallRequestInput } from "@call-log/model";
import { Alert, Anchor, Button, Group, List, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { Link } from "wouter";

import { api } from "../../api.ts";
import { dayMinute } from "../../format/time.ts";
import { t } from "../../language/translate.ts";
import { type DryRunLine, dryRunLines } from "./dry-run-text.ts";

interface Props {
  request: CallRequestInput;
  /** A refused field, to be shown at it; null when a dry run begins. */
  onError: (error: unknown) => void;
}

/** Tries the call without placing it: nothing rings, nothing is written. */
export function DryRun({ request, onError }: Props) {
  const asked = JSON.stringify(request);
  const { mutate, data, isPending, variables } = useMutation({
    mutationFn: async (text: string) =>
      api.calls.preview.query(JSON.parse(text) as CallRequestInput),
    onMutate: () => onError(null),
    onError,
  });
  const isCurrent = variables === asked;
  return (
    <Stack gap="xs">
      <Group gap="sm">
        <Button variant="default" loading={isPending} onClick={() => mutate(asked)}>
          {t("Try without calling")}
        </Button>
        <Text size="sm" c="dimmed">
          {t("Nothing rings and nothing is written.")}
        </Text>
      </Group>
      {data && isCurrent && (
        <Result lines={dryRunLines(data, { day: dayMinute, now: new Date() })} />
      )}
      {data && !isCurrent && !isPending && (
        <Text size="sm">{t("The form has changed since it was tried.")}</Text>
      )}
    </Stack>
  );
}

const COLORS = { good: "good", bad: "bad", wait: "warn", info: "neutral" } as const;
const TITLES = {
  good: t("The call would go out"),
  bad: t("The call would not go out"),
  wait: t("Nobody would be called now"),
  info: t("Result"),
} as const;

function Result({ lines }: { lines: readonly DryRunLine[] }) {
  const tone = lines[0]?.tone ?? "info";
  return (
    <Alert color={COLORS[tone]} variant="light" role="status" title={TITLES[tone]} data-dry-run>
      <List size="sm">
        {lines.map(({ text, link }) => (
          <List.Item key={text}>
            {text}
            {link && (
              <>
                {" "}
                <Anchor component={Link} href={link.href} size="sm" underline="always">
                  {link.label}
                </Anchor>
              </>
            )}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
