import { type OpenCalls, runningCalls } from "@call-log/model";
import {
  Alert,
  Anchor,
  Button,
  Group,
  List,
  Loader,
  Modal,
  Select,
  Stack,
  Text,
  TextInput,
} from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";

import { api } from "../api.ts";
import { ErrorAlert } from "../components/error-alert.tsx";
import { errorIn, errorText } from "../connection/error-text.ts";
import { t } from "../language/translate.ts";
import { useSignedIn } from "../session/session-context.ts";
import { useStatus } from "../status/use-status.ts";
import { StopResult } from "./stop-result.tsx";
import {
  fateSentences,
  pauseLabel,
  pauseTitle,
  type Reach,
  reachSentence,
  resumeSentence,
  type StoppedCalls,
} from "./stop.ts";

const EVERYTHING = "everything";

/** Dialog of the pause: its reach, what is open now and what becomes of it, the reason, the act, and what came of it. */
export default function StopDialog({ onClose }: { onClose: () => void }) {
  const { project } = useSignedIn();
  const [provider, setProvider] = useState(EVERYTHING);
  const [stopped, setStopped] = useState<StoppedCalls>();
  const reach: Reach =
    project !== null
      ? { kind: "project", name: project.name }
      : provider === EVERYTHING
        ? { kind: "everything" }
        : { kind: "provider", name: provider };
  return (
    <Modal opened onClose={onClose} title={pauseTitle(reach)}>
      {stopped === undefined ? (
        <Stack gap="sm">
          {project === null && <ProviderSelect value={provider} onChange={setProvider} />}
          <StopForm key={provider} reach={reach} onStopped={setStopped} onClose={onClose} />
        </Stack>
      ) : (
        <StopResult stopped={stopped} reach={reach} onClose={onClose} />
      )}
    </Modal>
  );
}

interface SelectProps {
  value: string;
  onChange: (provider: string) => void;
}

function ProviderSelect({ value, onChange }: SelectProps) {
  const { data } = useQuery({
    queryKey: ["stop-providers"],
    queryFn: ({ signal }) => api.operator.health.query(undefined, { signal }),
  });
  const accounts = data?.providers ?? [];
  return (
    <Select
      label={t("Reach")}
      data={[
        { value: EVERYTHING, label: t("Everything: all projects, all providers") },
        ...accounts.map(({ name }) => ({ value: name, label: t("The provider {name}", { name }) })),
      ]}
      value={value}
      allowDeselect={false}
      onChange={(next) => next !== null && onChange(next)}
    />
  );
}

interface FormProps {
  reach: Reach;
  onStopped: (stopped: StoppedCalls) => void;
  onClose: () => void;
}

function StopForm({ reach, onStopped, onClose }: FormProps) {
  const [reason, setReason] = useState("");
  const queries = useQueryClient();
  const isStopped = useIsStopped(reach);
  const open = useQuery({
    queryKey: ["stop-open-calls", reach],
    queryFn: () => openCalls(reach),
    refetchInterval: 2000,
    gcTime: 0,
  });
  const { mutate, error, isPending, variables } = useMutation({
    mutationFn: async (endRunning: boolean) =>
      stop(reach, { ...(!isStopped && { reason }), endRunning }),
    onSuccess: onStopped,
    // Also after a lost answer: the status bar says what is so now.
    onSettled: async () => queries.invalidateQueries(),
  });
  const inField = errorIn(error, "reason");
  return (
    <Stack
      component="form"
      gap="sm"
      onSubmit={(event: React.FormEvent) => {
        event.preventDefault();
        if (!isStopped) mutate(false);
      }}
    >
      <Text>{isStopped ? t("Calls are paused already.") : reachSentence(reach)}</Text>
      <OpenCallsList open={open.data} error={open.error} reach={reach} onClose={onClose} />
      {!isStopped && (
        <TextInput
          label={t("Reason")}
          description={t("Required: shown on every screen, and as the reason why calls wait")}
          value={reason}
          error={inField}
          data-autofocus
          maxLength={200}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <Text size="sm">{resumeSentence(reach)}</Text>
      {error !== null && inField === undefined && <Refused error={error} />}
      <StopButtons
        isStopped={isStopped}
        running={open.data && runningCalls(open.data)}
        pending={isPending ? variables : undefined}
        reach={reach}
        onEnd={() => mutate(true)}
        onClose={onClose}
      />
    </Stack>
  );
}

interface OpenProps {
  open: OpenCalls | undefined;
  error: unknown;
  reach: Reach;
  onClose: () => void;
}

function OpenCallsList({ open, error, reach, onClose }: OpenProps) {
  if (open === undefined)
    return error ? <ErrorAlert error={error} /> : <Loader size="sm" aria-label={t("Counting")} />;
  return (
    <List size="sm" data-open-calls>
      {fateSentences(open, reach).map(({ sentence, href }) => (
        <List.Item key={sentence}>
          {sentence}
          {href !== undefined && (
            <>
              {" "}
              <Anchor component={Link} href={href} size="sm" underline="always" onClick={onClose}>
                {t("Show them")}
              </Anchor>
            </>
          )}
        </List.Item>
      ))}
    </List>
  );
}

interface ButtonsProps {
  isStopped: boolean;
  /** Running calls; undefined while they are counted. */
  running: number | undefined;
  /** Whether the act under way ends the running calls; undefined without one. */
  pending: boolean | undefined;
  reach: Reach;
  onEnd: () => void;
  onClose: () => void;
}

function StopButtons({ isStopped, running, pending, reach, ...on }: ButtonsProps) {
  const isPending = pending !== undefined;
  return (
    <Group justify="end">
      <Button variant="default" onClick={on.onClose}>
        {t("Leave it as it is")}
      </Button>
      {running !== 0 && (
        <Button
          variant="outline"
          color="red"
          c="var(--mantine-color-text)"
          loading={pending === true}
          disabled={isPending}
          onClick={on.onEnd}
        >
          {endLabel(isStopped, running)}
        </Button>
      )}
      {!isStopped && (
        <Button type="submit" color="red" loading={pending === false} disabled={isPending}>
          {pauseLabel(reach.kind === "project")}
        </Button>
      )}
    </Group>
  );
}

function endLabel(isStopped: boolean, running: number | undefined): string {
  if (running === undefined)
    return isStopped ? t("End the running calls") : t("Pause, and end the running calls");
  return isStopped
    ? t("End {count, plural, one {# running call} other {# running calls}}", { count: running })
    : t("Pause, and end {count, plural, one {# running call} other {# running calls}}", {
        count: running,
      });
}

function Refused({ error }: { error: unknown }) {
  return (
    <Alert color="bad" variant="light" role="alert" title={t("Calls may still go out")}>
      {errorText(error)}
    </Alert>
  );
}

function useIsStopped(reach: Reach): boolean {
  const { data } = useStatus(useSignedIn());
  if (data === undefined) return false;
  if (reach.kind === "project") return "paused" in data && data.paused !== null;
  const isByPerson = (one: (typeof data.pausedProviders)[number]) =>
    "by" in one && one.by === "person";
  if (reach.kind === "everything")
    return data.isEveryProviderPaused && data.pausedProviders.every(isByPerson);
  return data.pausedProviders.some((one) => one.name === reach.name && isByPerson(one));
}

function openCalls(reach: Reach) {
  if (reach.kind === "project") return api.stop.openCalls.query();
  return api.operator.stop.openCalls.query(
    reach.kind === "provider" ? { provider: reach.name } : {},
  );
}

function stop(reach: Reach, what: { reason?: string; endRunning: boolean }): Promise<StoppedCalls> {
  if (reach.kind === "project") return api.stop.calls.mutate(what);
  const provider = reach.kind === "provider" ? { provider: reach.name } : {};
  return api.operator.stop.calls.mutate({ ...what, ...provider });
}
