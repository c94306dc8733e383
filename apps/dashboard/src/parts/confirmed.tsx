import { Button, Group, Modal, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import { Trouble } from "../screens/trouble.tsx";

interface Props<T> {
  label: string;
  /** What is asked, and what somebody has to know before they say yes. */
  children: ReactNode;
  /** The yes is not to be had. */
  isRefused?: boolean;
  color?: string;
  act: () => Promise<T>;
  onDone?: (result: T) => void;
  /** Told when the question is put, and when it is gone. */
  onAsk?: (isOpen: boolean) => void;
}

/** A button that asks first; the answer of the server, when it is a refusal, stands in the question. */
export function Confirmed<T>(props: Props<T>) {
  const { label, children, isRefused = false, color, act, onDone, onAsk } = props;
  const [isOpen, setOpen] = useState(false);
  const queries = useQueryClient();
  const ask = (open: boolean) => {
    setOpen(open);
    onAsk?.(open);
  };
  const { mutate, error, isPending, reset } = useMutation({
    mutationFn: act,
    onSuccess: async (result) => {
      ask(false);
      await queries.invalidateQueries();
      onDone?.(result);
    },
  });
  const open = () => {
    reset();
    ask(true);
  };
  return (
    <>
      <Button variant="default" onClick={open}>
        {label}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => ask(false)}
        title={label}
        closeButtonProps={{ "aria-label": "Close" }}
      >
        <Stack>
          {children}
          <Trouble error={error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => ask(false)}>
              No
            </Button>
            <Button
              loading={isPending}
              disabled={isRefused}
              {...(color !== undefined && { color })}
              onClick={() => mutate()}
              data-autofocus
            >
              Yes, {label.toLowerCase()}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
