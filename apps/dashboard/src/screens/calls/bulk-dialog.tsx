import type { QueryInput } from "@call-log/model";
import { Button, Checkbox, Group, List, Loader, Modal, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { api } from "../../api.ts";
import { ErrorAlert } from "../../components/error-alert.tsx";
import {
  BULK_ACTIONS,
  type BulkAction,
  type BulkActionName,
  type BulkPlan,
  callsInWords,
  planOf,
  REACHED_REASON,
  RETRY_REACHED_TOO,
  ringsInWords,
} from "./bulk-action.ts";
import { BulkProgress } from "./bulk-progress.tsx";
import { BulkRetryPreview } from "./bulk-retry-preview.tsx";
import { useBulkPreview } from "./use-bulk-preview.ts";
import { idsOf, partsOf, useBulk } from "./use-bulk.ts";

interface Props {
  act: BulkActionName;
  scope: QueryInput;
  /** The calls as text: "the 3 selected calls". */
  words: string;
  onClose: () => void;
}

/** Dialog of an action on many calls: first what it will do, then its progress, then the result. */
export default function BulkDialog({ act, scope, words, onClose }: Props) {
  const [withReached, setWithReached] = useState(false);
  const wanted: BulkAction = act === "retry" && withReached ? RETRY_REACHED_TOO : BULK_ACTIONS[act];
  const { data: statuses, error } = useStatuses(scope);
  const plan = statuses && planOf(wanted, statuses);
  const bulk = useBulk(act);
  const query: QueryInput = { $and: [scope, wanted.query] };
  const isPreviewed = act === "retry" && plan !== undefined && plan.touched > 0;
  const looked = useBulkPreview(isPreviewed ? query : undefined);
  const count = isPreviewed ? looked.preview.ids.length : (plan?.touched ?? 0);
  const isIdle = bulk.state === "idle";
  const close = () => {
    bulk.stop();
    onClose();
  };
  const start = () => void bulk.start(act === "retry" ? partsOf(looked.preview.ids) : idsOf(query));
  return (
    <Modal
      opened
      onClose={close}
      title={`${wanted.label}: ${words}`}
      closeButtonProps={{ "aria-label": "Close" }}
      centered
    >
      <Stack gap="sm">
        <ErrorAlert error={error ?? looked.error ?? bulk.error} />
        {plan === undefined && !error && <Loader aria-label="Counting" size="sm" />}
        {plan !== undefined && isIdle && (
          <>
            <Plan plan={plan} count={count} act={wanted} isSure={looked.isReady} />
            {isPreviewed && <BulkRetryPreview looked={looked} total={plan.touched} />}
            {act === "retry" && (
              <ReachedToo statuses={statuses ?? []} isOn={withReached} onSet={setWithReached} />
            )}
          </>
        )}
        {plan !== undefined && !isIdle && <BulkProgress bulk={bulk} total={count} act={wanted} />}
        <Group justify="end">
          {isIdle && (
            <Button variant="default" onClick={close}>
              {count === 0 && looked.isReady ? "Close" : "No"}
            </Button>
          )}
          {isIdle && count > 0 && looked.isReady && (
            <Button color={act === "cancel" ? "red" : "yellow"} onClick={start}>
              {act === "retry"
                ? ringsInWords({ numbers: looked.preview.numbers.size, calls: count })
                : `Cancel ${callsInWords(count)}`}
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
  if (state !== "running") return <Button onClick={onClose}>Close</Button>;
  return (
    <Button variant="default" onClick={onStop}>
      Stop
    </Button>
  );
}

interface ReachedTooProps {
  statuses: readonly { key: string; calls: number }[];
  isOn: boolean;
  onSet: (isOn: boolean) => void;
}

function ReachedToo({ statuses, isOn, onSet }: ReachedTooProps) {
  const reached = statuses.find(
    ({ key }) => BULK_ACTIONS.retry.reasonAgainst(key) === REACHED_REASON,
  );
  if (reached === undefined) return null;
  return (
    <Checkbox
      label={`Also call again ${callsInWords(reached.calls)} that reached somebody`}
      checked={isOn}
      onChange={(event) => onSet(event.currentTarget.checked)}
    />
  );
}

function useStatuses(scope: QueryInput) {
  return useQuery({
    queryKey: ["bulk-plan", scope],
    queryFn: async ({ signal }) => {
      const { groups } = await api.callLog.stats.query(
        { query: scope, by: ["status"] },
        { signal },
      );
      return groups.status ?? [];
    },
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

interface PlanProps {
  plan: BulkPlan;
  count: number;
  act: BulkAction;
  /** Whether every call has been checked. */
  isSure: boolean;
}

function Plan({ plan, count, act: { doing }, isSure }: PlanProps) {
  return (
    <>
      {isSure && (
        <Text>
          {count === 0
            ? "This is not possible for any of these calls."
            : `This will ${doing(callsInWords(count))}.`}
        </Text>
      )}
      {plan.skipped.length > 0 && (
        <div>
          <Text size="sm">Skipped:</Text>
          <List size="sm">
            {plan.skipped.map(({ reason, calls }) => (
              <List.Item key={reason}>
                {callsInWords(calls)}: {reason}
              </List.Item>
            ))}
          </List>
        </div>
      )}
    </>
  );
}
