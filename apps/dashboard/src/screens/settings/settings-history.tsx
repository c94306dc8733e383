import { Anchor, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { api } from "../../api.ts";
import { DialogButton } from "../../components/dialog-button.tsx";
import { Moment } from "../../components/moment.tsx";
import { dayTime } from "../../format/time.ts";
import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";
import { actorName } from "../../words/actor-words.ts";
import { SETTING_LABELS, type SettingName, settingText } from "./changed-settings.ts";
import { changesOf, type SettingChange } from "./last-change.ts";
import { PROJECT } from "./project.ts";

/** Changes of settings that are looked through. */
const MOST_LINES = 100;

/** Of each setting of a form who changed it last, when, and from what to what; it opens all its changes. */
export function SettingsHistory({ names }: { names: readonly SettingName[] }) {
  const { data } = useQuery({
    queryKey: [...PROJECT, "history"],
    queryFn: ({ signal }) =>
      api.audit.list.query({ query: { act: "project.update" }, limit: MOST_LINES }, { signal }),
    staleTime: 60_000,
  });
  const changed = names
    .map((name) => ({ name, changes: changesOf(data?.data ?? [], name) }))
    .filter(({ changes }) => changes.length > 0);
  if (changed.length === 0) return null;
  return (
    <Stack gap={4}>
      {changed.map((setting) => (
        <Setting key={setting.name} {...setting} />
      ))}
    </Stack>
  );
}

interface SettingProps {
  name: SettingName;
  changes: readonly SettingChange[];
}

function Setting({ name, changes }: SettingProps) {
  const [last] = changes;
  if (last === undefined) return null;
  const setting = SETTING_LABELS[name];
  const { createdAt, actor, from, to } = last;
  return (
    <Text component="div" size="xs" data-last-change={name} style={{ overflowWrap: "anywhere" }}>
      <Trans
        text="<setting/>: changed <when/> by <who/>, from <from/> to <to/>."
        parts={{
          setting: <b>{setting}</b>,
          when: <Moment iso={createdAt} hasAge />,
          who: <bdi>{actorName(actor)}</bdi>,
          from: <bdi>{settingText(name, from)}</bdi>,
          to: <bdi>{settingText(name, to)}</bdi>,
        }}
      />{" "}
      <DialogButton
        label={t("{count, plural, one {# change} other {All # changes}}", {
          count: changes.length,
        })}
        title={t("Changes of {setting}", { setting })}
        size="compact-xs"
        variant="subtle"
        width="xl"
      >
        {() => <AllChanges name={name} changes={changes} />}
      </DialogButton>
    </Text>
  );
}

function AllChanges({ name, changes }: SettingProps) {
  return (
    <Stack gap="sm">
      <Table.ScrollContainer minWidth={480}>
        <Table aria-label={t("Changes")} style={{ overflowWrap: "anywhere" }}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("When")}</Table.Th>
              <Table.Th>{t("Who")}</Table.Th>
              <Table.Th>{t("From")}</Table.Th>
              <Table.Th>{t("To")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {changes.map(({ key, createdAt, actor, from, to }) => (
              <Table.Tr key={key}>
                <Table.Td>
                  <Moment iso={createdAt} format={dayTime} hasAge />
                </Table.Td>
                <Table.Td dir="auto">{actorName(actor)}</Table.Td>
                <Table.Td dir="auto">{settingText(name, from)}</Table.Td>
                <Table.Td dir="auto">{settingText(name, to)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Anchor component={Link} href="/audit?act=project.update" size="sm" underline="always">
        {t("All changes of settings, in the audit trail")}
      </Anchor>
    </Stack>
  );
}
