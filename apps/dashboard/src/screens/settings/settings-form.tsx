import type { ProjectSettings } from "@call-log/model";
import { Alert, Button, Group, Stack, Table, Text } from "@mantine/core";
import type { ReactNode } from "react";

import { ErrorAlert } from "../../components/error-alert.tsx";
import { Panel } from "../../components/panel.tsx";
import { errorIn } from "../../connection/error-text.ts";
import { t } from "../../language/translate.ts";
import { insideSentence } from "../../words/inside-sentence.ts";
import { SETTING_LABELS, type SettingName, settingText } from "./changed-settings.ts";
import type { Project } from "./project.ts";
import { SettingsHistory } from "./settings-history.tsx";
import { SettingsPreview } from "./settings-preview.tsx";
import type { useSettings } from "./use-settings.ts";

/** Props of each settings form: the project, and a function that fills the form again. */
export interface FormProps {
  project: Project;
  onReset: () => void;
}

interface Props extends Pick<FormProps, "onReset"> {
  title: string;
  project: Project;
  saving: ReturnType<typeof useSettings>;
  /** The settings as the form has them; all of its own, and no others. */
  settings: ProjectSettings;
  /** Fields at which errors are shown. @defaultValue the names of the settings */
  places?: readonly string[];
  children: ReactNode;
}

/** A settings form with its save button, what it would have done with past calls, and who changed each setting last. */
export function SettingsForm(props: Props) {
  const { title, project, saving, settings, onReset, children } = props;
  const names = Object.keys(settings);
  const { error, isPending, isSuccess, stale } = saving;
  const isAtField = errorIn(error, ...(props.places ?? names)) !== undefined;
  return (
    <Panel title={title}>
      <Stack
        component="form"
        gap="sm"
        onSubmit={(event: React.FormEvent) => {
          event.preventDefault();
          saving.save(settings);
        }}
      >
        {children}
        <SettingsPreview wanted={settings} project={project} />
        {stale.length > 0 ? (
          <Stale saving={saving} onReset={onReset} />
        ) : (
          <ErrorAlert error={isAtField ? null : error} />
        )}
        <Group gap="sm">
          <Button type="submit" variant="default" loading={isPending}>
            {t("Save {settings}", { settings: insideSentence(title) })}
          </Button>
          <Text size="sm" role="status">
            {isSuccess ? t("Saved.") : ""}
          </Text>
        </Group>
        <SettingsHistory names={names as SettingName[]} />
      </Stack>
    </Panel>
  );
}

function Stale({ saving, onReset }: Pick<Props, "saving" | "onReset">) {
  const { stale, saveOver, readAgain, isPending } = saving;
  const takePresent = async () => {
    await readAgain();
    onReset();
  };
  return (
    <Alert
      color="warn"
      variant="light"
      role="alert"
      title={t("Not saved: somebody else changed this since you opened it")}
    >
      <Stack gap="sm">
        <Table aria-label={t("Saved values and yours")} layout="fixed">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("Setting")}</Table.Th>
              <Table.Th>{t("Now")}</Table.Th>
              <Table.Th>{t("Yours")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody style={{ overflowWrap: "anywhere" }}>
            {stale.map(({ name, present, mine }) => (
              <Table.Tr key={name} data-stale={name}>
                <Table.Th>{SETTING_LABELS[name]}</Table.Th>
                <Table.Td dir="auto">{settingText(name, present)}</Table.Td>
                <Table.Td dir="auto">{settingText(name, mine)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Group gap="xs">
          <Button size="compact-md" variant="default" onClick={() => void takePresent()}>
            {t("Keep the saved values")}
          </Button>
          <Button size="compact-md" color="red" loading={isPending} onClick={saveOver}>
            {t("Overwrite with mine")}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
