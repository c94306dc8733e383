import { Button, Code, Modal, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { ErrorAlert } from "../../components/error-alert.tsx";
import { Loading } from "../../components/loading.tsx";
import { t } from "../../language/translate.ts";
import { DEAD_LETTERS, type DeadLetter, useDeadLetters } from "./dead-letters.ts";

/** A button that shows the content of a refused request's job, if the key may see it. */
export function RefusedContent({ letter }: { letter: DeadLetter }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t("Show")}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={t("Refused request")}
        size="lg"
        closeButtonProps={{ "aria-label": t("Close") }}
      >
        {isOpen && <Held letter={letter} />}
      </Modal>
    </>
  );
}

function Held({ letter }: { letter: DeadLetter }) {
  const { letters } = useDeadLetters();
  const { _id: id, reason, code, attempts, version, isSensitive } = letter;
  const { data, error, isPending } = useQuery({
    queryKey: [...DEAD_LETTERS, id],
    queryFn: ({ signal }) => letters.get.query({ id }, { signal }),
  });
  const payload = data?.payload ?? null;
  return (
    <Stack gap="sm">
      <Text size="sm" dir="auto">
        {reason} ({code})
      </Text>
      <Text size="sm">
        {t("Version {version} of the job, started {count, plural, one {# time} other {# times}}.", {
          version,
          count: attempts,
        })}
      </Text>
      <ErrorAlert error={error} />
      {isPending && <Loading h={120} />}
      {data && payload === null && (
        <Text size="sm">
          {isSensitive
            ? t("The request is sensitive, so its content is not shown. It can be replayed.")
            : t("Your key may not see its content.")}
        </Text>
      )}
      {payload !== null && (
        <Code block tabIndex={0}>
          {JSON.stringify(payload, null, 2)}
        </Code>
      )}
    </Stack>
  );
}
