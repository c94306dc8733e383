import { OPEN_STATUSES, stillComing } from "@call-log/model";
import { Alert, Anchor, Button, List, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Suspense, useState } from "react";
import { Link } from "wouter";

import type { Outputs } from "../../api.ts";
import { unknownRule } from "../../call/unknown-rule.ts";
import { ErrorBoundary } from "../../components/error-boundary.tsx";
import { lazyComponent } from "../../components/lazy-component.tsx";
import { useLoadedAhead } from "../../components/use-loaded-ahead.ts";
import { t } from "../../language/translate.ts";
import { useSignedIn } from "../../session/session-context.ts";
import { storyOf } from "../../words/story-words.ts";
import { comingTitle, unclearText } from "./coming-text.ts";

// Most who look at an incident cancel nothing.
const BulkDialog = lazyComponent(async () => import("../calls/bulk-dialog.tsx"));

type Incident = Outputs["incidents"]["get"];

/** Calls that are named; the rest as a link to all. */
const MOST = 10;

interface Props {
  id: string;
  incident: Pick<Incident, "coming" | "acknowledged">;
}

/** The calls of an incident that wait or go out, whether or not it is acknowledged, and the act that cancels all of them. */
export function ComingCalls({ id, incident: { coming, acknowledged } }: Props) {
  const { may } = useSignedIn();
  const [isCanceling, setCanceling] = useState(false);
  const queries = useQueryClient();
  const count = {
    open: coming.count,
    unknown: coming.calls.filter(({ status }) => status === "Unknown").length,
  };
  useLoadedAhead(BulkDialog, may.includes("dispatch"));
  const close = () => {
    setCanceling(false);
    void queries.invalidateQueries();
  };
  return (
    <>
      {coming.count > 0 && (
        <Alert
          color={acknowledged === null ? "active" : "warn"}
          variant="light"
          title={comingTitle(count, acknowledged !== null)}
          data-coming
        >
          <Stack gap="xs" align="flex-start">
            <ComingList id={id} coming={coming} />
            {count.unknown > 0 && (
              <Text size="sm" data-unclear>
                {unclearText(count)} {unknownRule()}
              </Text>
            )}
            <Text size="sm">
              {t(
                "A key that acknowledges ends its own call alone. The other calls of the incident go on, unless they are canceled.",
              )}
            </Text>
            {may.includes("dispatch") && count.open > count.unknown && (
              <Button variant="default" onClick={() => setCanceling(true)}>
                {t("Cancel these calls …")}
              </Button>
            )}
          </Stack>
        </Alert>
      )}
      {/* It stays with its result when no call is left. */}
      {isCanceling && (
        <ErrorBoundary>
          <Suspense>
            <BulkDialog
              act="cancel"
              scope={stillComing(id)}
              words={t("the calls of this incident that still come")}
              hrefOf={(statuses) => hrefOf(id, statuses)}
              onClose={close}
            />
          </Suspense>
        </ErrorBoundary>
      )}
    </>
  );
}

function ComingList({ id, coming }: { id: string; coming: Incident["coming"] }) {
  const more = coming.count - MOST;
  return (
    <>
      <List size="sm">
        {coming.calls.slice(0, MOST).map((call) => (
          <List.Item key={call._id}>
            <Anchor component={Link} href={`/calls/${call._id}`} size="sm" underline="always">
              {storyOf(call).headline}
            </Anchor>
          </List.Item>
        ))}
      </List>
      {more > 0 && (
        <Anchor component={Link} href={hrefOf(id, OPEN_STATUSES)} size="sm" underline="always">
          {t("and {more, number} more", { more })}
        </Anchor>
      )}
    </>
  );
}

function hrefOf(incident: string, statuses: readonly string[]): string {
  return `/?${new URLSearchParams({ incident, status: statuses.join(",") }).toString()}`;
}
