import type { QueryInput } from "@call-log/model";
import { Button, Checkbox, Group, Loader, Modal, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "../../api.ts";
import { ErrorAlert } from "../../components/error-alert.tsx";
import { t } from "../../language/translate.ts";
import {
  answeredOf,
  BULK_ACTIONS,
  type BulkActionName,
  type BulkPlan,
  countOf,
  goLabel,
} from "./bulk-action.ts";
import { BulkPlanView } from "./bulk-plan.tsx";
import { BulkProgress } from "./bulk-progress.tsx";
import { useBulk } from "./use-bulk.ts";

interface Props {
  act: BulkActionName;
  scope: QueryInput;
  /** The calls as text: "the 3 selected calls". */
  words: string;
  /** Address of the calls with these statuses; undefined for calls that were selected one by one. */
  hrefOf: ((statuses: readonly string[]) => string) | undefined;
  /** `hasRun`: whether anything was done, so that the calls are no longer those that were selected. */
  onClose: (hasRun: boolean) => void;
}

/** Dialog of an action on many calls: first what it will do, then its progress, then the result. */
export default function BulkDialog({ act, scope, words, hrefOf, onClose }: Props) {
  const [withReached, setWithReached] = useState(false);
  const wish = { act, query: scope, withReached };
  const { data: plan, error, isPlaceholderData } = usePlan(wish);
  const bulk = useBulk(wish);
  const isIdle = bulk.state === "idle";
  const isPlanned = plan !== undefined && !isPlaceholderData;
  const close = () => {
    bulk.stop();
    onClose(!isIdle);
  };
  return (
    <Modal opened onClose={close} title={`${BULK_ACTIONS[act].label}: ${words}`}>
      <Stack gap="sm">
        <ErrorAlert error={error ?? bulk.error} />
        {isIdle && !isPlanned && !error && (
          <Loader aria-label={t("Checking each call")} size="sm" />
        )}
        {plan !== undefined && isIdle && (
          <>
            {isPlanned && <BulkPlanView plan={plan} act={BULK_ACTIONS[act]} hrefOf={hrefOf} />}
            <ReachedToo plan={plan} isOn={withReached} onSet={setWithReached} />
          </>
        )}
        {plan !== undefined && !isIdle && (
          <BulkProgress
            bulk={bulk}
            total={Math.max(plan.matching, answeredOf(bulk.tally))}
            act={{ ...BULK_ACTIONS[act], name: act }}
          />
        )}
        <Group justify="end">
          {isIdle && (
            <Button variant="default" onClick={close}>
              {isPlanned && countOf(plan) === 0 ? t("Close") : t("No")}
            </Button>
          )}
          {isIdle && isPlanned && countOf(plan) > 0 && (
            <Button color={act === "cancel" ? "red" : "yellow"} onClick={() => void bulk.start()}>
              {goLabel(act, plan)}
            </Button>
          )}
          {!isIdle && <AfterButton state={bulk.state} onStop={bulk.stop} onClose={close} />}
        </Group>
      </Stack>
    </Modal>
  );
}

interface AfterProps {
  state: string;
  onStop: () => void;
  onClose: () => void;
}

function AfterButton({ state, onStop, onClose }: AfterProps) {
  if (state !== "running") return <Button onClick={onClose}>{t("Close")}</Button>;
  return (
    <Button variant="default" onClick={onStop}>
      {t("Stop")}
    </Button>
  );
}

interface ReachedTooProps {
  plan: BulkPlan;
  isOn: boolean;
  onSet: (isOn: boolean) => void;
}

function ReachedToo({ plan, isOn, onSet }: ReachedTooProps) {
  const [reached] = useState(() => plan.skipped.find(({ reason }) => reason === "reached"));
  if (reached === undefined) return null;
  return (
    <Checkbox
      label={t(
        "Also call again {calls, plural, one {# call} other {# calls}} that reached somebody",
        { calls: reached.calls },
      )}
      checked={isOn}
      onChange={(event) => onSet(event.currentTarget.checked)}
    />
  );
}

// The plan of the moment at which the dialog was opened; what changes afterwards is refused call by call.
function usePlan(wish: { act: BulkActionName; query: QueryInput; withReached: boolean }) {
  return useQuery({
    queryKey: ["bulk-plan", wish],
    queryFn: ({ signal }) => api.bulk.plan.query(wish, { signal }),
    placeholderData: (previous) => previous,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
}
