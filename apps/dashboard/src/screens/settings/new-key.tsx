import { type Permission, PERMISSIONS } from "@call-log/model";
import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "../../api.ts";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { errorIn } from "../../connection/error-text.ts";
import { useSignedIn } from "../../session/session-context.ts";
import { CreatedKey } from "./created-key.tsx";

/** Form that creates a key, which is then shown once. */
export function NewKey() {
  const [isOpen, setOpen] = useState(false);
  const [made, setMade] = useState<string>();
  const close = () => {
    setOpen(false);
    setMade(undefined);
  };
  return (
    <Group>
      <Button variant="default" onClick={() => setOpen(true)}>
        New key
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title="New key"
        closeOnClickOutside={made === undefined}
        closeOnEscape={made === undefined}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        {made === undefined ? (
          <NewKeyForm onMade={setMade} />
        ) : (
          <CreatedKey apiKey={made} onDone={close} />
        )}
      </Modal>
    </Group>
  );
}

function NewKeyForm({ onMade }: { onMade: (key: string) => void }) {
  const [name, setName] = useState("");
  const [permissions, setPermissions] = useState<string[]>([]);
  const [expiresAt, setExpiresAt] = useState("");
  const [addresses, setAddresses] = useState("");
  const queries = useQueryClient();
  const { mutate, error, isPending } = useMutation({
    mutationFn: async () =>
      api.keys.create.mutate({
        name,
        permissions: permissions as Permission[],
        ...(expiresAt !== "" && { expiresAt: new Date(expiresAt).toISOString() }),
        ...(addresses.trim() !== "" && { allowedAddresses: wordsOf(addresses) }),
      }),
    onSuccess: async ({ key }) => {
      onMade(key);
      await queries.invalidateQueries({ queryKey: ["keys"] });
    },
  });
  const fields = ["name", "permissions", "expiresAt", "allowedAddresses"];
  const isPlaced = errorIn(error, ...fields) !== undefined;
  return (
    <Stack
      component="form"
      onSubmit={(event: React.FormEvent) => {
        event.preventDefault();
        mutate();
      }}
    >
      <TextInput
        label="Name"
        description="Such as Paging service"
        value={name}
        error={errorIn(error, "name")}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <Permissions
        value={permissions}
        onChange={setPermissions}
        problem={errorIn(error, "permissions")}
      />
      <Limits {...{ expiresAt, setExpiresAt, addresses, setAddresses, error }} />
      <ErrorAlert error={isPlaced ? null : error} />
      <Group justify="flex-end">
        <Button type="submit" loading={isPending}>
          Create the key
        </Button>
      </Group>
    </Stack>
  );
}

interface LimitsProps {
  expiresAt: string;
  setExpiresAt: (expiresAt: string) => void;
  addresses: string;
  setAddresses: (addresses: string) => void;
  error: unknown;
}

function Limits({ expiresAt, setExpiresAt, addresses, setAddresses, error }: LimitsProps) {
  return (
    <>
      <TextInput
        type="datetime-local"
        label="Until"
        description="Empty: never"
        value={expiresAt}
        error={errorIn(error, "expiresAt")}
        onChange={(event) => setExpiresAt(event.currentTarget.value)}
      />
      <TextInput
        label="Addresses"
        description="IP addresses and ranges that may use it, separated by commas. Empty: any"
        placeholder="203.0.113.7, 2001:db8::/32"
        value={addresses}
        error={errorIn(error, "allowedAddresses")}
        onChange={(event) => setAddresses(event.currentTarget.value)}
      />
    </>
  );
}

function wordsOf(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}

interface PermissionsProps {
  value: string[];
  problem: string | undefined;
  onChange: (permissions: string[]) => void;
}

// A key can only grant its own permissions.
function Permissions({ value, problem, onChange }: PermissionsProps) {
  const { may } = useSignedIn();
  const givable = Object.entries(PERMISSIONS).filter(([, allowed]) =>
    allowed.every((operation) => may.includes(operation)),
  );
  return (
    <Checkbox.Group
      label="Permissions"
      value={value}
      onChange={onChange}
      {...(problem !== undefined && { error: problem })}
    >
      <Stack gap={6} mt={4}>
        {givable.map(([name, allowed]) => (
          <Checkbox key={name} value={name} label={<PermissionLabel {...{ name, allowed }} />} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

function PermissionLabel({ name, allowed }: { name: string; allowed: readonly string[] }) {
  return (
    <>
      {name}{" "}
      <Text span size="sm" c="dimmed">
        {allowed.join(", ")}
      </Text>
    </>
  );
}
