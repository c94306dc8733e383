import { ActionIcon, Menu } from "@mantine/core";
import { IconFilter } from "@tabler/icons-react";
import { type RefObject, useEffect, useEffectEvent, useState } from "react";

import type { CallLogView } from "../../call/call-view.ts";
import { MAIN } from "../../components/skip-link.tsx";
import { zoneOf } from "../../components/time-range/time-range.ts";
import { ZONE } from "../../format/time.ts";
import { useShortcut } from "../../keyboard/use-shortcut.ts";
import { Trans } from "../../language/trans.tsx";
import { t } from "../../language/translate.ts";
import { insideSentence } from "../../words/inside-sentence.ts";
import { type CellChoice, cellChoices } from "./cell-choices.ts";
import { CellPageItems } from "./cell-page-items.tsx";
import { cellPages } from "./cell-pages.ts";
import type { Column } from "./columns.tsx";
import { focusedCall } from "./row-focus.ts";
import type { AddressProps } from "./use-address.ts";

interface Props extends AddressProps {
  /** The element around the table, which the button is placed in. */
  box: RefObject<HTMLElement | null>;
  calls: readonly CallLogView[];
  columns: readonly Column[];
}

/** A cell of the table, and where its button is, in pixels from the corner of the box. */
interface Cell {
  callId: string;
  column: string;
  top: number;
  left: number;
}

const BUTTON_WIDTH = 24;

/** A button in the cell under the pointer that filters by its value; a key does so for the focused row. */
export function CellFilter({ box, calls, columns, address, set }: Props) {
  const [cell, setCell] = useState<Cell>();
  /** The columns whose values the menu offers, while it is open. */
  const [names, setNames] = useState<readonly string[]>();
  const options = { address, zone: zoneOf(address, ZONE) };
  const call = calls.find(({ _id }) => _id === cell?.callId);
  const choicesOf = (columnNames: readonly string[]) =>
    call === undefined ? [] : columnNames.flatMap((name) => cellChoices(call, name, options));
  const here = cell === undefined ? [] : choicesOf([cell.column]);
  usePointedCell(box, (pointed) => {
    if (names === undefined) setCell(pointed);
  });
  useShortcut("filter", () => {
    const first = focusedCell();
    if (first === undefined) return;
    setCell(first);
    setNames(columns.map(({ name }) => name));
  });
  const close = () => {
    setNames(undefined);
    setCell(undefined);
  };
  if (cell === undefined || (here.length === 0 && names === undefined)) return null;
  return (
    <Menu
      opened={names !== undefined}
      onChange={(opened) => !opened && close()}
      position="bottom-start"
      returnFocus
      withInitialFocusPlaceholder={false}
      // Within the landmark of the page, where screen readers look for it.
      portalProps={{ target: `#${MAIN}` }}
    >
      <Menu.Target>
        <ActionIcon
          className="cell-filter"
          variant="default"
          size={BUTTON_WIDTH}
          tabIndex={-1}
          style={{ top: cell.top, left: cell.left }}
          aria-label={labelOf(here[0])}
          onClick={() => setNames([cell.column])}
        >
          <IconFilter size={14} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown data-cell-menu>
        <ChoiceItems
          choices={choicesOf(names ?? [])}
          onChoose={(changes) => {
            close();
            set(changes);
          }}
        />
        <CellPageItems
          pages={call === undefined ? [] : (names ?? []).flatMap((name) => cellPages(call, name))}
        />
      </Menu.Dropdown>
    </Menu>
  );
}

function labelOf(first: CellChoice | undefined): string {
  return first === undefined
    ? t("Filter by a value of this call")
    : t("Filter by {value}", { value: first.value });
}

interface ItemsProps {
  choices: readonly CellChoice[];
  onChoose: (changes: CellChoice["only"]) => void;
}

function ChoiceItems({ choices, onChoose }: ItemsProps) {
  return choices.flatMap(({ filter, value, only, not }) => [
    <Menu.Item key={`only-${filter}-${value}`} onClick={() => onChoose(only)}>
      <Trans
        text="Only {filter}: <value/>"
        values={{ filter: insideSentence(filter) }}
        parts={{ value: <bdi>{value}</bdi> }}
      />
    </Menu.Item>,
    ...(not === undefined
      ? []
      : [
          <Menu.Item key={`not-${filter}-${value}`} onClick={() => onChoose(not)}>
            <Trans
              text="Not {filter}: <value/>"
              values={{ filter: insideSentence(filter) }}
              parts={{ value: <bdi>{value}</bdi> }}
            />
          </Menu.Item>,
        ]),
  ]);
}

// The first cell of the focused row.
function focusedCell(): Cell | undefined {
  const focused = focusedCall();
  const first = focused?.element.querySelector<HTMLElement>("td[data-column]");
  return focused && first ? placeOf(first, focused.id) : undefined;
}

// The button is at the end of the line.
function placeOf(cell: HTMLElement, callId: string): Cell {
  const isRightToLeft = getComputedStyle(cell).direction === "rtl";
  return {
    callId,
    column: cell.dataset["column"] ?? "",
    top: cell.offsetTop + (cell.offsetHeight - BUTTON_WIDTH) / 2,
    left: cell.offsetLeft + (isRightToLeft ? 2 : cell.offsetWidth - BUTTON_WIDTH - 2),
  };
}

// The cell under a mouse; a finger has no place to rest on.
function usePointedCell(box: Props["box"], tell: (cell: Cell | undefined) => void): void {
  const onCell = useEffectEvent(tell);
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const onOver = (event: PointerEvent) => {
      if (event.pointerType !== "mouse" || !(event.target instanceof Element)) return;
      if (event.target.closest(".cell-filter") !== null) return;
      const cell = event.target.closest<HTMLElement>("td[data-column]");
      const callId = cell?.closest<HTMLElement>("[data-call]")?.dataset["call"];
      onCell(cell === null || callId === undefined ? undefined : placeOf(cell, callId));
    };
    const onLeave = () => onCell(undefined);
    element.addEventListener("pointerover", onOver);
    element.addEventListener("pointerleave", onLeave);
    return () => {
      element.removeEventListener("pointerover", onOver);
      element.removeEventListener("pointerleave", onLeave);
    };
  }, [box]);
}
