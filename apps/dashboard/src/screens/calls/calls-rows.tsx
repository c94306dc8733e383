import type { CallLogView } from "@call-log/model";
import { Checkbox, Skeleton, Stack } from "@mantine/core";
import type { KeyboardEvent, MouseEvent } from "react";
import { useLocation } from "wouter";

/** What the rows of a table and the cards of a phone have in common. */
export interface RowsProps {
  calls: readonly CallLogView[];
  selected: ReadonlySet<string>;
  /** Rows that do not fit the filters any more. */
  gone: ReadonlySet<string>;
  /** Undefined for those who can do nothing with a selection. */
  onToggle: ((id: string) => void) | undefined;
}

/** A box to select one call by. */
export function RowBox({
  call,
  ...rows
}: Pick<RowsProps, "selected" | "onToggle"> & { call: CallLogView }) {
  const { selected, onToggle } = rows;
  if (onToggle === undefined) return null;
  return (
    <Checkbox
      aria-label={`Select the call to ${call.toNumber}`}
      checked={selected.has(call._id)}
      onChange={() => onToggle(call._id)}
    />
  );
}

/** Keys on a row's link: space selects, arrows go to the next row; Enter follows the link by itself. */
export function rowKeys(id: string, onToggle: RowsProps["onToggle"]) {
  return (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === " " && onToggle !== undefined) {
      event.preventDefault();
      onToggle(id);
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const links = [...document.querySelectorAll<HTMLElement>("[data-call] .row-link")];
    links[links.indexOf(event.currentTarget) + step]?.focus();
  };
}

/** Opens a call by a click anywhere on its row that was not meant for something in it. */
export function useRowClick() {
  const [, go] = useLocation();
  return (id: string) => (event: MouseEvent<HTMLElement>) => {
    const isForAnother = (event.target as HTMLElement).closest("a, input, button, label");
    const isSelectingText = (getSelection()?.toString() ?? "") !== "";
    if (isForAnother === null && !isSelectingText) go(`/calls/${id}`);
  };
}

/** Rows that are on their way. */
export function RowsSkeleton() {
  return (
    <Stack gap={8} aria-busy aria-label="Loading the calls" role="status">
      {Array.from({ length: 10 }, (_, index) => (
        <Skeleton key={index} h={32} />
      ))}
    </Stack>
  );
}
