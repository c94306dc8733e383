import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { Component, type ReactNode } from "react";

import { followNewerBuild } from "../connection/reload-newer-build.ts";
import { t } from "../language/translate.ts";
import { PartMissingError } from "./lazy-component.tsx";
import { ScreenTitle } from "./screen-title.tsx";

interface Props {
  /** The current address, around a whole screen; another address is drawn without this one's failure. */
  place?: string;
  children: ReactNode;
}

interface State {
  failure: { error: unknown } | undefined;
}

/** Error boundary of a part of the page: shows the failure and ways to continue, and keeps the rest of the page. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failure: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { failure: { error } };
  }

  override componentDidCatch(error: unknown): void {
    if (error instanceof PartMissingError) void followNewerBuild();
  }

  override componentDidUpdate({ place }: Props): void {
    if (place !== this.props.place && this.state.failure !== undefined) this.tryAgain();
  }

  readonly tryAgain = () => {
    const error = this.state.failure?.error;
    if (error instanceof PartMissingError) error.forget();
    this.setState({ failure: undefined });
  };

  override render(): ReactNode {
    const { failure } = this.state;
    if (failure === undefined) return this.props.children;
    return (
      <Stack gap="sm">
        {this.props.place !== undefined && <ScreenTitle>{t("Not available")}</ScreenTitle>}
        <Failure error={failure.error} onTryAgain={this.tryAgain} />
      </Stack>
    );
  }
}

function Failure({ error, onTryAgain }: { error: unknown; onTryAgain: () => void }) {
  const isMissing = error instanceof PartMissingError;
  return (
    <Alert
      color="bad"
      variant="light"
      role="alert"
      maw={640}
      title={isMissing ? t("This could not be loaded") : t("This could not be shown")}
    >
      <Stack gap="sm">
        <Text size="sm">
          {isMissing
            ? t("The server did not answer, or has a newer version. Nothing was changed.")
            : t("This is a defect of the dashboard. Calls are not affected.")}
        </Text>
        <Group gap="xs">
          <Button size="compact-md" onClick={onTryAgain}>
            {t("Try again")}
          </Button>
          <Button size="compact-md" variant="default" onClick={() => location.reload()}>
            {t("Reload")}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
