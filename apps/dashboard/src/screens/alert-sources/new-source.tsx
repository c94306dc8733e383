import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";

import { BackLink } from "../../components/back-link.tsx";
import { ScreenTitle } from "../../components/screen-title.tsx";
import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";
import { ShownAddress } from "./address.tsx";
import { SourceForm } from "./source-form.tsx";
import type { SourceWithToken } from "./sources.ts";

/** Makes a source, and then shows its address once. */
export function NewSource() {
  const [created, setCreated] = useState<SourceWithToken>();
  return (
    <Stack maw={1400}>
      <BackLink href="/alert-sources">{t("All alert sources")}</BackLink>
      <ScreenTitle>{t("New alert source")}</ScreenTitle>
      {created === undefined ? (
        <SourceForm onCreated={setCreated} />
      ) : (
        <Stack maw={800}>
          <Text role="status">
            <Trans
              text="<b>{name}</b> may send alerts now."
              values={{ name: created.source.name }}
              parts={{ b: <b dir="auto" /> }}
            />
          </Text>
          <ShownAddress kind={created.source.kind} token={created.token} />
          <Group>
            <Button component={Link} href={`/alert-sources/${created.source._id}`}>
              {t("Go to the source")}
            </Button>
          </Group>
        </Stack>
      )}
    </Stack>
  );
}
