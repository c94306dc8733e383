import { Button, Checkbox, Popover, Stack, TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";

import { t } from "../../language/translate.ts";
import { useSignedIn } from "../../session/session-context.ts";
import { type CallFilter, FILTERS } from "./filter-table.ts";
import type { AddressProps } from "./use-address.ts";

/** Adds a filter: first the filter, then its value. */
export function AddFilter({ address, set }: AddressProps) {
  const [isOpen, setOpen] = useState(false);
  const [filter, setFilter] = useState<CallFilter>();
  const seesAll = useSignedIn().may.includes("see-numbers");
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
      returnFocus
    >
      <Popover.Target>
        <Button
          size="compact-md"
          variant="default"
          onClick={() => (isOpen ? close() : setOpen(true))}
        >
          {t("Add filter")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        {filter === undefined ? (
          <Stack gap={2}>
            {FILTERS.filter(
              ({ isMasked, isUnlisted }) => !isUnlisted && (seesAll || !isMasked),
            ).map((one) => (
              <Button
                key={one.param}
                size="compact-md"
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
  const [problem, setProblem] = useState<string>();
  const { providers } = useSignedIn();
  // The trap of the popover has given the focus to the list of filters, which is gone.
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  const choices =
    filter.param === "provider"
      ? providers.map((name) => ({ value: name, label: name }))
      : filter.choices;
  const apply = async () => {
    const found = await problemOf(filter, text);
    setProblem(found);
    if (found === undefined) onSet(text.trim());
  };
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        void apply();
      }}
    >
      <Stack gap="xs" w={280}>
        {choices === undefined ? (
          <TextInput
            label={filter.label}
            placeholder={filter.placeholder}
            type={filter.type === "number" ? "text" : (filter.type ?? "text")}
            {...(filter.type === "number" && { inputMode: "decimal" })}
            value={text}
            error={problem}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        ) : (
          <Checkbox.Group
            label={filter.label}
            value={text === "" ? [] : text.split(",")}
            error={problem}
            onChange={(values) => setText(values.join(","))}
          >
            <Stack gap="xs" mt="xs" mah={300} style={{ overflowY: "auto" }} tabIndex={0}>
              {choices.map((choice) => (
                <Checkbox key={choice.value} value={choice.value} label={choice.label} />
              ))}
            </Stack>
          </Checkbox.Group>
        )}
        <Button type="submit" size="compact-md">
          {t("Apply")}
        </Button>
      </Stack>
    </form>
  );
}

// The check includes the whole query schema, which the first screen does not need.
async function problemOf(filter: CallFilter, text: string): Promise<string | undefined> {
  try {
    const { problemWith } = await import("./filter-problem.ts");
    return problemWith(filter, text);
  } catch {
    // Its file did not load: the server refuses a bad value with the same text.
    return undefined;
  }
}
