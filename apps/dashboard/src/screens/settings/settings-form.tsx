import { Button, Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";

import { errorIn } from "../../api.ts";
import { Panel } from "../../parts/panel.tsx";
import { Trouble } from "../trouble.tsx";
import type { useSettings } from "./project.ts";

interface Props {
  title: string;
  saving: ReturnType<typeof useSettings>;
  /** Settings whose problems stand at their fields. */
  places: readonly string[];
  onSave: () => void;
  children: ReactNode;
}

/** Fields of some settings, and a way to save them; what the server refuses stands at its field. */
export function SettingsForm({ title, saving, places, onSave, children }: Props) {
  const { error, isPending, isSuccess } = saving;
  return (
    <Panel title={title}>
      <Stack
        component="form"
        gap="sm"
        onSubmit={(event: React.FormEvent) => {
          event.preventDefault();
          onSave();
        }}
      >
        {children}
        <Trouble error={errorIn(error, ...places) === undefined ? error : null} />
        <Group gap="sm">
          <Button type="submit" variant="default" loading={isPending}>
            Save {title.toLowerCase()}
          </Button>
          <Text size="sm" role="status">
            {isSuccess ? "Saved." : ""}
          </Text>
        </Group>
      </Stack>
    </Panel>
  );
}
