import { isFinalStatus, type CallLogView } from "@call-log/model";
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";

import { api } from "../../api.ts";
import { useSignedIn } from "../../session/session-context.ts";
import { Trouble } from "../trouble.tsx";

/** Call again, or cancel: each asks first, and neither is there for a key that may not. */
export function CallActions({ call }: { call: CallLogView }) {
  const { may } = useSignedIn();
  if (!may.includes("dispatch")) return null;
  const status = call.status ?? "";
  if (status === "Unknown")
    return <Text size="sm">Not called again while it is unknown: it may ring already.</Text>;
  return isFinalStatus(status) ? <CallAgain call={call} /> : <Cancel call={call} />;
}

function CallAgain({ call }: { call: CallLogView }) {
  const [, go] = useLocation();
  return (
    <Confirmed
      label="Call again"
      question={`This dials ${call.toNumber} again and is charged like the first time.`}
      act={async () => api.calls.retry.mutate({ id: call._id })}
      onDone={({ _id }) => go(`/calls/${_id}`)}
    />
  );
}

function Cancel({ call }: { call: CallLogView }) {
  return (
    <Confirmed
      label="Cancel the call"
      question={`${call.toNumber} is not dialled any more. A phone that rings stops; a call that is answered is hung up.`}
      act={async () => api.calls.cancel.mutate({ id: call._id })}
      onDone={() => undefined}
    />
  );
}

interface ConfirmedProps<T> {
  label: string;
  question: string;
  act: () => Promise<T>;
  onDone: (result: T) => void;
}

function Confirmed<T>({ label, question, act, onDone }: ConfirmedProps<T>) {
  const [isOpen, setOpen] = useState(false);
  const queries = useQueryClient();
  const { mutate, error, isPending, reset } = useMutation({
    mutationFn: act,
    onSuccess: async (result) => {
      setOpen(false);
      await queries.invalidateQueries();
      onDone(result);
    },
  });
  return (
    <>
      <Button
        variant="default"
        onClick={() => {
          reset();
          setOpen(true);
        }}
      >
        {label}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={label}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <Stack>
          <Text>{question}</Text>
          <Trouble error={error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setOpen(false)}>
              No
            </Button>
            <Button loading={isPending} onClick={() => mutate()} data-autofocus>
              Yes, {label.toLowerCase()}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
