import { type Permission, PERMISSIONS } from "@call-log/model";
import {
  Alert,
  Button,
  Checkbox,
  Code,
  CopyButton,
  Group,
  Modal,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { api, errorIn } from "../../api.ts";
import { useSignedIn } from "../../session/session-context.ts";
import { Trouble } from "../trouble.tsx";

/** Makes a key: what it may do, and until when; it is shown once. */
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
        closeButtonProps={{ "aria-label": "Close" }}
      >
        {made === undefined ? (
          <NewKeyForm onMade={setMade} />
        ) : (
          <Made apiKey={made} onDone={close} />
        )}
      </Modal>
    </Group>
  );
}

function Made({ apiKey, onDone }: { apiKey: string; onDone: () => void }) {
  return (
    <Stack>
      <Alert color="yellow" variant="outline" title="This is the only time that it is shown">
        Copy it now, to where secrets are kept.
      </Alert>
      <Code block data-made style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>
        {apiKey}
      </Code>
      <Group justify="flex-end">
        <CopyButton value={apiKey}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? "Copied" : "Copy"}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onDone}>Done</Button>
      </Group>
    </Stack>
  );
}

function NewKeyForm({ onMade }: { onMade: (key: string) => void }) {
  const [name, setName] = useState("");
  const [permissions, setPermissions] = useState<string[]>([]);
  const [expiresAt, setExpiresAt] = useState("");
  const queries = useQueryClient();
  const { mutate, error, isPending } = useMutation({
    mutationFn: async () =>
      api.keys.create.mutate({
        name,
        permissions: permissions as Permission[],
        ...(expiresAt !== "" && { expiresAt: new Date(expiresAt).toISOString() }),
      }),
    onSuccess: async ({ key }) => {
      onMade(key);
      await queries.invalidateQueries({ queryKey: ["keys"] });
    },
  });
  const isPlaced = errorIn(error, "name", "permissions", "expiresAt") !== undefined;
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
        description="For people, such as Paging service"
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
      <TextInput
        type="datetime-local"
        label="Until"
        description="Empty for no end"
        value={expiresAt}
        error={errorIn(error, "expiresAt")}
        onChange={(event) => setExpiresAt(event.currentTarget.value)}
      />
      <Trouble error={isPlaced ? null : error} />
      <Group justify="flex-end">
        <Button type="submit" loading={isPending}>
          Make the key
        </Button>
      </Group>
    </Stack>
  );
}

interface PermissionsProps {
  value: string[];
  problem: string | undefined;
  onChange: (permissions: string[]) => void;
}

// Only what one's own key may do can be given on.
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
