import { Anchor, Button, Group, Pill, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";

import { api } from "../../api.ts";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Panel } from "../../components/panel.tsx";
import { PhoneNumber } from "../../components/phone-number.tsx";
import { errorIn } from "../../connection/error-text.ts";
import { t } from "../../language/translate.ts";

const LIST = ["do-not-call"] as const;

// A pill hides its button from the keyboard and from screen readers.
const removeButton = (number: string) => ({
  "aria-label": t("Remove {number}", { number }),
  tabIndex: 0,
  "aria-hidden": false as const,
});

/** The do-not-call list, with adding and removing. */
export function DoNotCall() {
  const [number, setNumber] = useState("");
  const queries = useQueryClient();
  const again = async () => queries.invalidateQueries({ queryKey: LIST });
  const { data, error } = useQuery({
    queryKey: LIST,
    queryFn: () => api.projects.doNotCall.list.query(),
  });
  const add = useMutation({
    mutationFn: async () => api.projects.doNotCall.add.mutate({ numbers: [number.trim()] }),
    onSuccess: async () => {
      setNumber("");
      await again();
    },
  });
  const remove = useMutation({
    mutationFn: async (removed: string) =>
      api.projects.doNotCall.remove.mutate({ number: removed }),
    onSuccess: again,
  });
  const inField = errorIn(add.error, "numbers");
  return (
    <Panel title={t("Do not call")}>
      <Group gap="xs">
        {data?.numbers.map((one) => (
          <Pill
            key={one}
            size="md"
            withRemoveButton
            onRemove={() => remove.mutate(one)}
            removeButtonProps={removeButton(one)}
          >
            <PhoneNumber e164={one} />
          </Pill>
        ))}
        {data?.numbers.length === 0 && <Text size="sm">{t("The list is empty.")}</Text>}
      </Group>
      <AddedBy />
      <Group
        align="start"
        component="form"
        onSubmit={(event: React.FormEvent) => {
          event.preventDefault();
          add.mutate();
        }}
      >
        <TextInput
          label={t("Number to block")}
          value={number}
          error={inField}
          onChange={(event) => setNumber(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" mt={25} loading={add.isPending}>
          {t("Add")}
        </Button>
      </Group>
      <ErrorAlert error={error ?? (inField === undefined ? add.error : null) ?? remove.error} />
    </Panel>
  );
}

function AddedBy() {
  return (
    <Anchor component={Link} href="/audit?act=do-not-call.add" size="xs" underline="always">
      {t("Who added them, and when")}
    </Anchor>
  );
}
