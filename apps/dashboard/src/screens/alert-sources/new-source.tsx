import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { Link } from "wouter";

import { ScreenTitle } from "../../components/screen-title.tsx";
import { ShownAddress } from "./address.tsx";
import { SourceForm } from "./source-form.tsx";
import type { SourceWithToken } from "./sources.ts";

/** Makes a source, and then shows its address once. */
export function NewSource() {
  const [created, setCreated] = useState<SourceWithToken>();
  return (
    <Stack maw={1400}>
      <Anchor component={Link} href="/alert-sources" size="sm" underline="always">
        ← All alert sources
      </Anchor>
      <ScreenTitle>New alert source</ScreenTitle>
      {created === undefined ? (
        <SourceForm onCreated={setCreated} />
      ) : (
        <Stack maw={800}>
          <Text role="status">
            <b dir="auto">{created.source.name}</b> may send alerts now.
          </Text>
          <ShownAddress kind={created.source.kind} token={created.token} />
          <Group>
            <Button component={Link} href={`/alert-sources/${created.source._id}`}>
              Go to the source
            </Button>
          </Group>
        </Stack>
      )}
    </Stack>
  );
}
