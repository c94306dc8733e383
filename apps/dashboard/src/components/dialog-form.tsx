import { Button, Group, Stack } from "@mantine/core";
import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import type { FormEvent, ReactNode } from "react";

import { errorIn } from "../connection/error-text.ts";
import { ErrorAlert } from "./error-alert.tsx";

/** The server's words about one field, as a prop of the field; nothing while it has none. */
export type ErrorAt = (...fields: readonly string[]) => { error?: string };

interface Props<T> {
  /** Words of the button: a verb and what it makes. */
  submit: string;
  color?: string;
  /** Fields that show their own error, by the names that the server uses; another error is shown above the button. */
  fields?: readonly string[];
  act: () => Promise<T>;
  /** What the act changes: read again before `onDone`. */
  changes?: QueryKey;
  onDone?: (result: T) => void;
  /** Buttons before the one that submits. */
  beside?: ReactNode;
  children: (errorAt: ErrorAt) => ReactNode;
}

/** The form in a dialog: fields, errors of the server at their field, one button; busy while it acts. */
export function DialogForm<T>(props: Props<T>) {
  const { submit, color, fields = [], act, changes, onDone, beside, children } = props;
  const queries = useQueryClient();
  const { mutate, error, isPending } = useMutation({
    mutationFn: act,
    onSuccess: async (result) => {
      if (changes !== undefined) await queries.invalidateQueries({ queryKey: changes });
      onDone?.(result);
    },
  });
  const errorAt: ErrorAt = (...names) => {
    const words = errorIn(error, ...names);
    return words === undefined ? {} : { error: words };
  };
  const isAtField = errorIn(error, ...fields) !== undefined;
  return (
    <Stack
      component="form"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        mutate();
      }}
    >
      {children(errorAt)}
      <ErrorAlert error={isAtField ? null : error} />
      <Group justify="flex-end" gap="xs">
        {beside}
        <Button type="submit" loading={isPending} {...(color !== undefined && { color })}>
          {submit}
        </Button>
      </Group>
    </Stack>
  );
}
