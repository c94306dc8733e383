import { Checkbox, Skeleton, Stack } from "@mantine/core";
import type { KeyboardEvent, MouseEvent } from "react";
import { useLocation } from "wouter";

import type { CallLogView } from "../../call/call-view.ts";
import { t } from "../../language/translate.ts";

/** Props of the table's rows and the cards. */
export interface RowsProps {
  calls: readonly CallLogView[];
  selected: ReadonlySet<string>;
  /** Rows that no longer match the filters. */
  gone: ReadonlySet<string>;
  /** Undefined for keys without actions on a selection. */
  onToggle: ((id: string) => void) | undefined;
}

/** Props of one row; they are alike as long as the row is, so that it is not drawn again with the others. */
export interface RowProps extends Pick<RowsProps, "onToggle"> {
  call: CallLogView;
  isSelected: boolean;
  isGone: boolean;
}

/** Checkbox that selects one call. */
export function RowBox({ call, isSelected, onToggle }: Omit<RowProps, "isGone">) {
  if (onToggle === undefined) return null;
  return (
    <Checkbox
      aria-label={t("Select the call to {number}", { number: call.toNumber ?? "" })}
      checked={isSelected}
      onChange={() => onToggle(call._id)}
    />
  );
}

/** Keys on a row's link: space selects, arrows move to the next row; the browser handles Enter. */
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

/** Opens a call by a click on its row, outside its controls. */
export function useRowClick() {
  const [, go] = useLocation();
  return (id: string) => (event: MouseEvent<HTMLElement>) => {
    const isForAnother = (event.target as HTMLElement).closest("a, input, button, label");
    const isSelectingText = (getSelection()?.toString() ?? "") !== "";
    if (isForAnother === null && !isSelectingText) go(`/calls/${id}`);
  };
}

/** Placeholder rows while loading. */
export function RowsSkeleton() {
  return (
    <Stack gap={8} aria-busy aria-label={t("Loading the calls")} role="status">
      {Array.from({ length: 10 }, (_, index) => (
        <Skeleton key={index} h={32} />
      ))}
    </Stack>
  );
}
