import { ActionIcon, Button, Group, Popover, Stack, Switch, Text, TextInput } from "@mantine/core";
import { useLocalStorage } from "@mantine/hooks";
import { IconShare, IconX } from "@tabler/icons-react";
import { useState } from "react";

import { ErrorAlert } from "../../components/error-alert.tsx";
import { t } from "../../language/translate.ts";
import { storedAddress } from "./calls-address.ts";
import { FILTERS } from "./filter-table.ts";
import type { AddressProps } from "./use-address.ts";
import { useSharedViews } from "./use-shared-views.ts";

/** Filters, order and time range under a name: of this browser, or shared with everybody in the project. */
export function SavedViews({ address, set }: AddressProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <Button size="compact-md" variant="default" onClick={() => setOpen(!isOpen)}>
          {t("Views")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        {isOpen && <Views address={address} set={set} onClose={() => setOpen(false)} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function Views({ address, set, onClose }: AddressProps & { onClose: () => void }) {
  const [own, setOwn] = useLocalStorage<Record<string, string>>({
    key: "call-log.views",
    defaultValue: {},
    getInitialValueInEffect: false,
  });
  const shared = useSharedViews();
  const show = (saved: string) => {
    const kept = new URLSearchParams(saved);
    const params = [...FILTERS.map(({ param }) => param), "sort", "zone"];
    set(Object.fromEntries(params.map((param) => [param, kept.get(param) ?? undefined])));
    onClose();
  };
  const keepOwn = (name: string, query: string) => setOwn({ ...own, [name]: query });
  const forget = (name: string) =>
    setOwn(Object.fromEntries(Object.entries(own).filter(([one]) => one !== name)));
  const share = (name: string, query: string) =>
    shared.share({ name, query }, { onSuccess: () => forget(name) });
  const names = Object.keys(own);
  return (
    <Stack gap="xs" w={300} maw="calc(100vw - 48px)">
      <ErrorAlert error={shared.error} />
      {shared.views.length > 0 && <GroupTitle>{t("Shared with the project")}</GroupTitle>}
      {shared.views.map(({ _id, name, query, createdBy }) => (
        <ViewRow
          key={_id}
          name={name}
          {...(createdBy !== null && { title: t("Shared by {name}", { name: createdBy }) })}
          onShow={() => show(query)}
          onDelete={shared.mayShare ? () => shared.remove(_id) : undefined}
        />
      ))}
      {names.length > 0 && <GroupTitle>{t("In this browser")}</GroupTitle>}
      {names.map((name) => (
        <ViewRow
          key={name}
          name={name}
          onShow={() => show(own[name]!)}
          onShare={shared.mayShare ? () => share(name, own[name]!) : undefined}
          onDelete={() => forget(name)}
        />
      ))}
      {names.length === 0 && <Text size="sm">{t("No view is saved in this browser yet.")}</Text>}
      <SaveView
        mayShare={shared.mayShare}
        onSave={(name, isShared) => {
          const query = storedAddress(address);
          if (isShared) shared.share({ name, query });
          else keepOwn(name, query);
        }}
      />
    </Stack>
  );
}

function GroupTitle({ children }: { children: string }) {
  return (
    <Text size="xs" fw={600} c="dimmed">
      {children}
    </Text>
  );
}

interface RowProps {
  name: string;
  title?: string;
  onShow: () => void;
  /** Absent for views that are shared, and for keys that may not share. */
  onShare?: (() => void) | undefined;
  onDelete?: (() => void) | undefined;
}

function ViewRow({ name, title, onShow, onShare, onDelete }: RowProps) {
  return (
    <Group gap={4} wrap="nowrap" justify="space-between">
      <Button
        size="compact-md"
        variant="subtle"
        justify="start"
        flex={1}
        miw={0}
        title={title}
        onClick={onShow}
      >
        <bdi>{name}</bdi>
      </Button>
      {onShare !== undefined && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("Share the view {name} with the project", { name })}
          title={t("Share with the project")}
          onClick={onShare}
        >
          <IconShare size={14} />
        </ActionIcon>
      )}
      {onDelete !== undefined && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("Delete the view {name}", { name })}
          onClick={onDelete}
        >
          <IconX size={14} />
        </ActionIcon>
      )}
    </Group>
  );
}

interface SaveProps {
  mayShare: boolean;
  onSave: (name: string, isShared: boolean) => void;
}

function SaveView({ mayShare, onSave }: SaveProps) {
  const [name, setName] = useState("");
  const [isShared, setShared] = useState(false);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== "") onSave(name.trim(), isShared);
        setName("");
      }}
    >
      <Stack gap={6}>
        <Group gap={4} wrap="nowrap">
          <TextInput
            size="xs"
            flex={1}
            aria-label={t("Name of the view")}
            placeholder={t("Save this view as …")}
            maxLength={60}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" size="compact-sm" disabled={name.trim() === ""}>
            {t("Save")}
          </Button>
        </Group>
        {mayShare && (
          <Switch
            size="xs"
            label={t("Share it with everybody in the project")}
            checked={isShared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
        )}
      </Stack>
    </form>
  );
}
