import { Grid, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ComponentType, useState } from "react";

import { api } from "../../api.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { Loading } from "../../components/loading.tsx";
import { ScreenTitle } from "../../components/screen-title.tsx";
import { t, tIn } from "../../language/translate.ts";
import { useSignedIn } from "../../session/session-context.ts";
import { permissionName } from "../../words/permission-words.ts";
import { AlertSourcesLink } from "./alert-sources-link.tsx";
import { AllowedNumbersForm } from "./allowed-numbers-form.tsx";
import { BudgetForm } from "./budget-form.tsx";
import { CalleeLimitsForm } from "./callee-limits-form.tsx";
import { CallsPerSecondForm } from "./calls-per-second-form.tsx";
import { DoNotCall } from "./do-not-call.tsx";
import { GeneralForm } from "./general-form.tsx";
import { Keys } from "./keys.tsx";
import { PauseProject } from "./pause-project.tsx";
import { PRESENT } from "./present-setting.ts";
import { PROJECT, type Project } from "./project.ts";
import { QuietHoursForm } from "./quiet-hours-form.tsx";
import type { FormProps } from "./settings-form.tsx";
import { SettingsSection } from "./settings-section.tsx";
import { WebhooksLink } from "./webhooks-link.tsx";

/** The project: settings, pause, do-not-call list, keys. */
export default function SettingsScreen() {
  const { may, permissions, providers } = useSignedIn();
  const isAllowed = may.includes("administer");
  const { data: project, error } = useQuery({
    queryKey: PROJECT,
    queryFn: () => api.projects.get.query(),
    enabled: isAllowed,
  });
  if (!isAllowed)
    return (
      <>
        <ScreenTitle>{t("Settings")}</ScreenTitle>
        <EmptyState>
          {t("Your key may not change settings: {permissions}.", {
            permissions: permissions.map(permissionName).join(", "),
          })}
        </EmptyState>
      </>
    );
  return (
    <Stack maw={1400}>
      <ScreenTitle>{t("Settings")}</ScreenTitle>
      <Text size="sm">
        {t("Your key: {permissions}. Provider accounts: {providers}.", {
          permissions: permissions.map(permissionName).join(", "),
          providers: providers.join(", "),
        })}
      </Text>
      <ErrorAlert error={error} />
      {project === undefined && !error && <Loading h={320} />}
      {project && <Forms project={project} />}
    </Stack>
  );
}

function Forms({ project }: { project: Project }) {
  const now = (part: keyof typeof PRESENT) => PRESENT[part](project) || "–";
  const isHeld = project.paused !== undefined || project.operatorPause !== undefined;
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, lg: 6 }}>
        <Stack className="settings-sections">
          <SettingsSection
            title={t("Calls of this project")}
            now={isHeld ? tIn("project", "paused") : tIn("project", "running")}
          >
            <PauseProject project={project} />
          </SettingsSection>
          <SettingsSection title={t("Project")} now={now("project")}>
            <Refillable form={GeneralForm} project={project} />
          </SettingsSection>
          <SettingsSection title={t("Allowed numbers")} now={now("allowed")}>
            <Refillable form={AllowedNumbersForm} project={project} />
          </SettingsSection>
          <SettingsSection title={t("Do not call")}>
            <DoNotCall />
          </SettingsSection>
          <SettingsSection title={t("Webhooks")}>
            <WebhooksLink />
          </SettingsSection>
          <SettingsSection title={t("Alert sources")}>
            <AlertSourcesLink />
          </SettingsSection>
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 6 }}>
        <Stack className="settings-sections">
          <SettingsSection title={t("API keys")}>
            <Keys />
          </SettingsSection>
          <SettingsSection title={t("Budget")} now={now("budget")}>
            <Refillable form={BudgetForm} project={project} />
          </SettingsSection>
          <SettingsSection title={t("Quiet hours")} now={now("quietHours")}>
            <Refillable form={QuietHoursForm} project={project} />
          </SettingsSection>
          <SettingsSection title={t("Rate limit")} now={now("rate")}>
            <Refillable form={CallsPerSecondForm} project={project} />
          </SettingsSection>
          <SettingsSection title={t("Calls to one number")} now={now("limits")}>
            <Refillable form={CalleeLimitsForm} project={project} />
          </SettingsSection>
        </Stack>
      </Grid.Col>
    </Grid>
  );
}

/** A form that can be reset to the saved values. */
function Refillable({ form: Form, project }: { form: ComponentType<FormProps>; project: Project }) {
  const [round, setRound] = useState(0);
  return <Form key={round} project={project} onReset={() => setRound(round + 1)} />;
}
