import { Group, Input, Text, TextInput } from "@mantine/core";
import type { ReactNode } from "react";

import { ZONE } from "../format/time.ts";
import { t } from "../language/translate.ts";
import { dayAndTime, momentValue } from "./moment-value.ts";

interface Props {
  label: string;
  description?: string;
  /** As `moment-value.ts` describes it. */
  value: string;
  error?: ReactNode;
  onChange: (value: string) => void;
  /** Zone whose clock it is. @defaultValue the browser's */
  zone?: string;
  isFocused?: boolean;
}

/** A day and a time of 24 hours in a zone that it names. The browsers' own field for both shows twelve hours in some languages. */
export function MomentField({ label, value, onChange, zone = ZONE, isFocused, ...texts }: Props) {
  const parts = dayAndTime(value);
  return (
    <Input.Wrapper label={label} labelElement="div" {...texts}>
      <Group gap="xs">
        <TextInput
          type="date"
          aria-label={t("{label}: day", { label })}
          value={parts.day}
          style={{ flex: "1 1 8rem", minWidth: 0 }}
          onChange={(event) => onChange(momentValue({ ...parts, day: event.currentTarget.value }))}
          {...(isFocused && { "data-autofocus": true })}
        />
        <TextInput
          aria-label={t("{label}: time, 24 hours", { label })}
          placeholder="00:00"
          maxLength={8}
          w={86}
          value={parts.time}
          onChange={(event) => onChange(momentValue({ ...parts, time: event.currentTarget.value }))}
        />
      </Group>
      <Text size="xs" c="dimmed" mt={2}>
        {zone}
      </Text>
    </Input.Wrapper>
  );
}
