import { CALL_STATUS_NAMES } from "@call-log/model";
import { Button, Group, Menu, MultiSelect, Pill, Popover, Stack, TextInput } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { useState } from "react";

import { type CallFilter, chosenFilters, FILTERS } from "./calls-filter.ts";

interface Props {
  address: URLSearchParams;
  set: (changes: Readonly<Record<string, string | undefined>>) => void;
}

/** The filters that are set, as chips, and a way to add one. */
export function FilterBar({ address, set }: Props) {
  const chosen = chosenFilters(address);
  return (
    <Group gap="xs">
      <AddFilter address={address} set={set} />
      {chosen.map(({ filter, value }) => (
        <Pill
          key={filter.param}
          size="md"
          withRemoveButton
          onRemove={() => set({ [filter.param]: undefined })}
          removeButtonProps={{
            "aria-label": `Remove the filter ${filter.label}`,
            tabIndex: 0,
            "aria-hidden": false,
          }}
        >
          {filter.label}: {value}
        </Pill>
      ))}
      {chosen.length > 0 && (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => set(Object.fromEntries(FILTERS.map(({ param }) => [param, undefined])))}
        >
          Clear
        </Button>
      )}
      <SavedViews address={address} set={set} />
    </Group>
  );
}

function AddFilter({ address, set }: Props) {
  const [isOpen, setOpen] = useState(false);
  const [filter, setFilter] = useState<CallFilter>();
  const close = () => {
    setOpen(false);
    setFilter(undefined);
  };
  return (
    <Popover
      opened={isOpen}
      onChange={(opened) => !opened && close()}
      position="bottom-start"
      trapFocus
    >
      <Popover.Target>
        <Button
          size="compact-md"
          variant="default"
          onClick={() => (isOpen ? close() : setOpen(true))}
        >
          Add filter
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        {filter === undefined ? (
          <Stack gap={2}>
            {FILTERS.map((one) => (
              <Button
                key={one.param}
                size="compact-sm"
                variant="subtle"
                justify="start"
                onClick={() => setFilter(one)}
              >
                {one.label}
              </Button>
            ))}
          </Stack>
        ) : (
          <FilterForm
            filter={filter}
            value={address.get(filter.param) ?? ""}
            onSet={(value) => {
              set({ [filter.param]: value });
              close();
            }}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

interface FormProps {
  filter: CallFilter;
  value: string;
  onSet: (value: string) => void;
}

function FilterForm({ filter, value, onSet }: FormProps) {
  const [text, setText] = useState(value);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSet(text);
      }}
    >
      <Stack gap="xs" w={260}>
        {filter.param === "status" ? (
          <MultiSelect
            label={filter.label}
            data={CALL_STATUS_NAMES}
            value={text === "" ? [] : text.split(",")}
            onChange={(names) => setText(names.join(","))}
            comboboxProps={{ withinPortal: false }}
            data-autofocus
          />
        ) : (
          <TextInput
            label={filter.label}
            placeholder={filter.placeholder}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            data-autofocus
          />
        )}
        <Button type="submit" size="compact-md">
          Apply
        </Button>
      </Stack>
    </form>
  );
}

// Views are this browser's own: an address with a name.
function SavedViews({ address, set }: Props) {
  const [views, setViews] = useLocalStorage<Record<string, string>>({
    key: "call-log.views",
    defaultValue: {},
    getInitialValueInEffect: false,
  });
  const [name, setName] = useState("");
  const show = (saved: string) => {
    const cleared = Object.fromEntries([...address.keys()].map((param) => [param, undefined]));
    set({ ...cleared, ...Object.fromEntries(new URLSearchParams(saved)) });
  };
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button size="compact-md" variant="default">
          Views
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {Object.entries(views).map(([title, saved]) => (
          <Menu.Item key={title} onClick={() => show(saved)}>
            {title}
          </Menu.Item>
        ))}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() !== "") setViews({ ...views, [name.trim()]: address.toString() });
            setName("");
          }}
        >
          <TextInput
            p="xs"
            size="xs"
            aria-label="Name of the view"
            placeholder="Save this view as …"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </form>
      </Menu.Dropdown>
    </Menu>
  );
}
