import { Button, Group, Modal, Stack } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

import { activeLanguage, t } from "../language/translate.ts";
import { ErrorAlert } from "./error-alert.tsx";

interface Props<T> {
  label: string;
  /** The question, and what a person has to know before confirming. */
  children: ReactNode;
  /** Confirming is disabled. */
  isRefused?: boolean;
  /** Red for what cannot be undone: the words of the button are red, too. */
  color?: "red";
  act: () => Promise<T>;
  onDone?: (result: T) => void;
  /** Called when the question opens and closes. */
  onAsk?: (isOpen: boolean) => void;
}

/** A button that asks for confirmation; a refusal by the server is shown in the dialog. */
export function ConfirmButton<T>(props: Props<T>) {
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
      <Button
        variant="default"
        onClick={open}
        {...(color !== undefined && { c: "var(--call-log-bad-text)" })}
      >
        {label}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => ask(false)}
        title={label}
        closeButtonProps={{ "aria-label": t("Close") }}
      >
        <Stack>
          {children}
          <ErrorAlert error={error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => ask(false)}>
              {t("No")}
            </Button>
            <Button
              loading={isPending}
              disabled={isRefused}
              {...(color !== undefined && { color })}
              onClick={() => mutate()}
              data-autofocus
            >
              {t("Yes, {act}", { act: activeLanguage() === "de" ? label : label.toLowerCase() })}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
