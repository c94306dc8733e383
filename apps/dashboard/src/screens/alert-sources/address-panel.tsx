import { Button, Code, Group, NumberInput, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "../../api.ts";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Moment } from "../../components/moment.tsx";
import { Panel } from "../../components/panel.tsx";
import { errorIn } from "../../connection/error-text.ts";
import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";
import { Paste, ShownAddress } from "./address.tsx";
import { ALERT_SOURCES, type Source } from "./sources.ts";

/** Longest overlap of two addresses, in hours. */
const MAX_HOURS = 720;

/** Where the source posts to, and a new address in the place of the present one. */
export function AddressPanel({ source }: { source: Source }) {
  const { _id: id, kind, path } = source;
  const [hours, setHours] = useState<number | string>(24);
  const queries = useQueryClient();
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: async () =>
      api.alertSources.rotateToken.mutate({ id, overlapHours: Number(hours) }),
    onSuccess: async () => queries.invalidateQueries({ queryKey: ALERT_SOURCES }),
  });
  const problem = errorIn(error, "overlapHours");
  return (
    <Panel title={t("Address")}>
      <Code block dir="ltr" style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>
        {location.origin + path}
      </Code>
      <TokenAge source={source} />
      {data === undefined ? <Paste kind={kind} /> : <ShownAddress kind={kind} token={data.token} />}
      <Stack
        component="form"
        gap="xs"
        onSubmit={(event: React.FormEvent) => {
          event.preventDefault();
          mutate();
        }}
      >
        <Group align="end" gap="xs">
          <NumberInput
            label={t("The present address stays valid for")}
            description={t("0 ends it at once")}
            suffix={` ${t("hours")}`}
            min={0}
            max={MAX_HOURS}
            value={hours}
            error={problem}
            onChange={setHours}
          />
          <Button type="submit" variant="default" loading={isPending}>
            {t("Make a new address")}
          </Button>
        </Group>
        <ErrorAlert error={problem === undefined ? error : null} />
      </Stack>
    </Panel>
  );
}

function TokenAge({ source: { tokenCreatedAt, previousTokenUntil } }: { source: Source }) {
  const isOldValid =
    previousTokenUntil !== undefined && Date.parse(previousTokenUntil) > Date.now();
  return (
    <Text size="sm">
      <Trans
        text="Its token was made <when/>, and is not shown again."
        parts={{ when: <Moment iso={tokenCreatedAt} /> }}
      />
      {isOldValid && (
        <>
          {" "}
          <Trans
            text="The address before it is valid until <when/>."
            parts={{ when: <Moment iso={previousTokenUntil} /> }}
          />
        </>
      )}
    </Text>
  );
}
