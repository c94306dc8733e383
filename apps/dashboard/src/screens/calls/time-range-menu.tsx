import { Button, Group, Popover, Stack, TextInput } from "@mantine/core";
import { useState } from "react";

import type { AddressProps } from "./use-address.ts";

const HOUR_MS = 3_600_000;

/** Time ranges that end now, by name. */
const PRESETS = [
  ["Last hour", HOUR_MS],
  ["Last 24 hours", 24 * HOUR_MS],
  ["Last 7 days", 168 * HOUR_MS],
  ["Last 30 days", 720 * HOUR_MS],
] as const;

/** Menu for the time range, as an alternative to dragging over the chart. */
export function TimeRangeMenu({ address, set }: AddressProps) {
  const [isOpen, setOpen] = useState(false);
  const apply = (changes: { since: string | undefined; until: string | undefined }) => {
    set(changes);
    setOpen(false);
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <Button size="compact-md" variant="default" onClick={() => setOpen(!isOpen)}>
          Time
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs" w={280}>
          <Group gap={4}>
            {PRESETS.map(([label, ms]) => (
              <Button
                key={label}
                size="compact-sm"
                variant="light"
                onClick={() =>
                  apply({ since: new Date(Date.now() - ms).toISOString(), until: undefined })
                }
              >
                {label}
              </Button>
            ))}
          </Group>
          <SpanForm address={address} onSet={apply} />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

interface FormProps {
  address: URLSearchParams;
  onSet: (changes: { since: string | undefined; until: string | undefined }) => void;
}

function SpanForm({ address, onSet }: FormProps) {
  const [since, setSince] = useState(localTime(address.get("since")));
  const [until, setUntil] = useState(localTime(address.get("until")));
  const isReversed = since !== "" && until !== "" && since > until;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isReversed) onSet({ since: isoOf(since), until: isoOf(until) });
      }}
    >
      <Stack gap="xs">
        <TextInput
          type="datetime-local"
          step={1}
          label="From"
          value={since}
          onChange={(event) => setSince(event.currentTarget.value)}
        />
        <TextInput
          type="datetime-local"
          step={1}
          label="To"
          value={until}
          error={isReversed && "must be after From"}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
        <Button type="submit" size="compact-md">
          Apply
        </Button>
      </Stack>
    </form>
  );
}

/** A moment of the address in the browser's zone, for a date field; empty for none. */
function localTime(text: string | null): string {
  const date = new Date(text ?? "");
  if (text === null || Number.isNaN(date.getTime())) return "";
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

function isoOf(local: string): string | undefined {
  return local === "" ? undefined : new Date(local).toISOString();
}
