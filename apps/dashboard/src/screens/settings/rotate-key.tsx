import { Button, Group, Modal, NumberInput, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "../../api.ts";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { errorIn } from "../../connection/error-text.ts";
import { CreatedKey } from "./created-key.tsx";

interface Props {
  id: string;
  /** Its name. */
  name: string;
}

/** Replaces a key: how long the old one stays valid; the new one is shown once. */
export function RotateKey({ id, name }: Props) {
  const [isOpen, setOpen] = useState(false);
  const [made, setMade] = useState<string>();
  const queries = useQueryClient();
  const close = () => {
    setOpen(false);
    setMade(undefined);
    void queries.invalidateQueries({ queryKey: ["keys"] });
  };
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        Rotate
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title="Rotate"
        closeOnClickOutside={made === undefined}
        closeOnEscape={made === undefined}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        {made === undefined ? (
          <Rotation id={id} name={name} onMade={setMade} />
        ) : (
          <CreatedKey apiKey={made} onDone={close} />
        )}
      </Modal>
    </>
  );
}

function Rotation({ id, name, onMade }: Props & { onMade: (key: string) => void }) {
  const [hours, setHours] = useState<string | number>(24);
  const { mutate, error, isPending } = useMutation({
    mutationFn: async () => api.keys.rotate.mutate({ id, overlapHours: Number(hours) }),
    onSuccess: ({ key }) => onMade(key),
  });
  const problem = errorIn(error, "overlapHours");
  return (
    <Stack
      component="form"
      onSubmit={(event: React.FormEvent) => {
        event.preventDefault();
        mutate();
      }}
    >
      <Text>
        A new key replaces <b>{name}</b>, with the same permissions, addresses and expiry.
      </Text>
      <NumberInput
        label="The old key stays valid for"
        suffix=" hours"
        min={1}
        max={720}
        value={hours}
        error={problem}
        onChange={setHours}
        data-autofocus
      />
      <ErrorAlert error={problem === undefined ? error : null} />
      <Group justify="flex-end">
        <Button type="submit" loading={isPending}>
          Rotate the key
        </Button>
      </Group>
    </Stack>
  );
}
