import type { QueryInput } from "@call-log/model";
import { Alert, Button, Group, List, Loader, Modal, Progress, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { api } from "../../api.ts";
import { Trouble } from "../trouble.tsx";
import { BULK_ACTS, type BulkActName, type BulkPlan, callsInWords, planOf } from "./bulk-act.ts";
import { useBulk } from "./use-bulk.ts";

interface Props {
  act: BulkActName;
  scope: QueryInput;
  /** What the calls are, in words: "the 3 selected calls". */
  words: string;
  onClose: () => void;
}

/** Says what will be done to how many calls before it is done, then how it goes, then what came of it. */
export default function BulkDialog({ act, scope, words, onClose }: Props) {
  const { label, doing, done } = BULK_ACTS[act];
  const { data: plan, error } = useQuery({
    queryKey: ["bulk-plan", act, scope],
    queryFn: async ({ signal }) => {
      const { groups } = await api.callLog.stats.query(
        { query: scope, by: ["status"] },
        { signal },
      );
      return planOf(BULK_ACTS[act], groups.status ?? []);
    },
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const bulk = useBulk(act, scope);
  const close = () => {
    bulk.stop();
    onClose();
  };
  return (
    <Modal
      opened
      onClose={close}
      title={`${label}: ${words}`}
      closeButtonProps={{ "aria-label": "Close" }}
      centered
    >
      <Stack gap="sm">
        <Trouble error={error ?? bulk.error} />
        {plan === undefined && !error && <Loader aria-label="Counting" size="sm" />}
        {plan !== undefined && bulk.state === "idle" && <Plan plan={plan} doing={doing} />}
        {plan !== undefined && bulk.state !== "idle" && (
          <Course bulk={bulk} total={plan.touched} done={done} />
        )}
        <Group justify="end">
          {bulk.state === "idle" && (
            <Button variant="default" onClick={close}>
              {plan?.touched === 0 ? "Close" : "No"}
            </Button>
          )}
          {bulk.state === "idle" && plan !== undefined && plan.touched > 0 && (
            <Button {...(act === "cancel" && { color: "red" })} onClick={() => void bulk.start()}>
              Yes, {doing(callsInWords(plan.touched))}
            </Button>
          )}
          {bulk.state === "running" && (
            <Button variant="default" onClick={bulk.stop}>
              Stop
            </Button>
          )}
          {(bulk.state === "over" || bulk.state === "stopped") && (
            <Button onClick={close}>Close</Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

function Plan({ plan, doing }: { plan: BulkPlan; doing: (calls: string) => string }) {
  return (
    <>
      <Text>
        {plan.touched === 0
          ? "Nothing can be done with any of them."
          : `This will ${doing(callsInWords(plan.touched))}.`}
      </Text>
      {plan.skipped.length > 0 && (
        <div>
          <Text size="sm">Left out:</Text>
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

interface CourseProps {
  bulk: ReturnType<typeof useBulk>;
  total: number;
  done: (calls: string) => string;
}

function Course({ bulk: { tally, state }, total, done }: CourseProps) {
  const refused = Object.entries(tally.refused);
  const answered = tally.done + refused.reduce((sum, [, calls]) => sum + calls, 0);
  const percent = total === 0 ? 100 : Math.min(100, (answered / total) * 100);
  return (
    <>
      <Progress value={percent} aria-label="How far it is" animated={state === "running"} />
      <Text role="status">
        {answered.toLocaleString("en")} of {callsInWords(total)}
        {state === "stopped" && ", then stopped"}
      </Text>
      {state !== "running" && (
        <Alert
          color={refused.length > 0 ? "yellow" : "green"}
          variant="outline"
          title={done(callsInWords(tally.done))}
        >
          {refused.map(([reason, calls]) => (
            <Text size="sm" key={reason}>
              {callsInWords(calls)}: {reason}
            </Text>
          ))}
        </Alert>
      )}
    </>
  );
}
