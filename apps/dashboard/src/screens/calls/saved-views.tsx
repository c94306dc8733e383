import { ActionIcon, Button, Group, Popover, Stack, Text, TextInput } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";

import { FILTERS } from "./calls-filter.ts";
import type { AddressProps } from "./use-address.ts";

/** Filters and order under a name, stored in this browser. To share them, share the address. */
export function SavedViews({ address, set }: AddressProps) {
  const [isOpen, setOpen] = useState(false);
  const [views, setViews] = useLocalStorage<Record<string, string>>({
    key: "call-log.views",
    defaultValue: {},
    getInitialValueInEffect: false,
  });
  const show = (saved: string) => {
    const kept = new URLSearchParams(saved);
    const params = [...FILTERS.map(({ param }) => param), "sort"];
    set(Object.fromEntries(params.map((param) => [param, kept.get(param) ?? undefined])));
    setOpen(false);
  };
  const names = Object.keys(views);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <Button size="compact-md" variant="default" onClick={() => setOpen(!isOpen)}>
          Views
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs" w={260}>
          {names.length === 0 && <Text size="sm">No view is saved in this browser yet.</Text>}
          {names.map((name) => (
            <Group key={name} gap={4} wrap="nowrap" justify="space-between">
              <Button
                size="compact-md"
                variant="subtle"
                justify="start"
                flex={1}
                miw={0}
                onClick={() => show(views[name]!)}
              >
                <bdi>{name}</bdi>
              </Button>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Delete the view ${name}`}
                onClick={() =>
                  setViews(
                    Object.fromEntries(Object.entries(views).filter(([one]) => one !== name)),
                  )
                }
              >
                <IconX size={14} />
              </ActionIcon>
            </Group>
          ))}
          <SaveView onSave={(name) => setViews({ ...views, [name]: address.toString() })} />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function SaveView({ onSave }: { onSave: (name: string) => void }) {
  const [name, setName] = useState("");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== "") onSave(name.trim());
        setName("");
      }}
    >
      <Group gap={4} wrap="nowrap">
        <TextInput
          size="xs"
          flex={1}
          aria-label="Name of the view"
          placeholder="Save this view as …"
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" size="compact-sm" disabled={name.trim() === ""}>
          Save
        </Button>
      </Group>
    </form>
  );
}
