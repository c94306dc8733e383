import { type Operation, type Permission, PERMISSIONS } from "@call-log/model";
import { Group, TextInput } from "@mantine/core";
import { useState } from "react";

import { api } from "../../api.ts";
import { ChoiceBoxes } from "../../components/choice-boxes.tsx";
import { DialogButton } from "../../components/dialog-button.tsx";
import { DialogForm, type ErrorAt } from "../../components/dialog-form.tsx";
import { MomentField } from "../../components/moment-field.tsx";
import { isoOfValue } from "../../components/moment-value.ts";
import { OneTimeSecret } from "../../components/one-time-secret.tsx";
import { t, tIn } from "../../language/translate.ts";
import { useSignedIn } from "../../session/session-context.ts";
import { operationName, permissionName } from "../../words/permission-words.ts";

/** Form that creates a key, which is then shown once. */
export function NewKey() {
  return (
    <Group>
      <DialogButton label={t("New key")}>{(close) => <NewKeyForm onDone={close} />}</DialogButton>
    </Group>
  );
}

function NewKeyForm({ onDone }: { onDone: () => void }) {
  const [name, setName] = useState("");
  const [permissions, setPermissions] = useState<string[]>([]);
  const [expiresAt, setExpiresAt] = useState("");
  const [addresses, setAddresses] = useState("");
  const [made, setMade] = useState<string>();
  if (made !== undefined)
    return (
      <OneTimeSecret secret={made} onDone={onDone}>
        {t("Copy it now, into your store of secrets.")}
      </OneTimeSecret>
    );
  const create = async () =>
    api.keys.create.mutate({
      name,
      permissions: permissions as Permission[],
      ...(expiresAt !== "" && { expiresAt: isoOfValue(expiresAt) }),
      ...(addresses.trim() !== "" && { allowedAddresses: wordsOf(addresses) }),
    });
  return (
    <DialogForm
      submit={t("Create the key")}
      fields={["name", "permissions", "expiresAt", "allowedAddresses"]}
      act={create}
      changes={["keys"]}
      onDone={({ key }) => setMade(key)}
    >
      {(errorAt) => (
        <>
          <TextInput
            label={t("Name")}
            description={t("Such as Paging service")}
            value={name}
            {...errorAt("name")}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <Permissions value={permissions} onChange={setPermissions} {...errorAt("permissions")} />
          <Limits {...{ expiresAt, setExpiresAt, addresses, setAddresses, errorAt }} />
        </>
      )}
    </DialogForm>
  );
}

interface LimitsProps {
  expiresAt: string;
  setExpiresAt: (expiresAt: string) => void;
  addresses: string;
  setAddresses: (addresses: string) => void;
  errorAt: ErrorAt;
}

function Limits({ expiresAt, setExpiresAt, addresses, setAddresses, errorAt }: LimitsProps) {
  return (
    <>
      <MomentField
        label={t("Until")}
        description={tIn("expiry", "Empty: never")}
        value={expiresAt}
        {...errorAt("expiresAt")}
        onChange={setExpiresAt}
      />
      <TextInput
        label={t("Addresses")}
        description={t("IP addresses and ranges that may use it, separated by commas. Empty: any")}
        placeholder="203.0.113.7, 2001:db8::/32"
        value={addresses}
        {...errorAt("allowedAddresses")}
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
  error?: string;
  onChange: (permissions: string[]) => void;
}

// A key can only grant its own permissions.
function Permissions({ value, error, onChange }: PermissionsProps) {
  const { may } = useSignedIn();
  const givable = Object.entries(PERMISSIONS).filter(([, allowed]) =>
    allowed.every((operation) => may.includes(operation)),
  );
  return (
    <ChoiceBoxes
      label={t("Permissions")}
      value={value}
      onChange={onChange}
      choices={givable.map(([name, allowed]) => ({
        value: name,
        title: permissionName(name),
        detail: (allowed as readonly Operation[]).map(operationName).join(", "),
      }))}
      {...(error !== undefined && { error })}
    />
  );
}
