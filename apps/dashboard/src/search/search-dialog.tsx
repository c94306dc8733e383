import "./search.css";
import { Group, Loader, Modal, Text, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useEffectEvent, useId, useState } from "react";
import { useLocation } from "wouter";

import { StatusPill } from "../call/status-pill.tsx";
import { ErrorAlert } from "../components/error-alert.tsx";
import { Moment } from "../components/moment.tsx";
import { dayTime } from "../format/time.ts";
import { SHOW_SHORTCUTS } from "../keyboard/keyboard-shortcuts.tsx";
import { t } from "../language/translate.ts";
import { useSignedIn } from "../session/session-context.ts";
import { remember } from "./recent.ts";
import { reachInWords, type SearchGroup, type SearchItem } from "./search-items.ts";
import { type SearchState, useSearchResults } from "./use-search.ts";

const FIELD = {
  "data-autofocus": true,
  role: "combobox",
  "aria-label": t("Search"),
  "aria-expanded": true,
  "aria-autocomplete": "list",
  placeholder: t("A number or its end, a name, an incident, an id, a text"),
  maxLength: 100,
  autoComplete: "off",
  spellCheck: false,
} as const;

/** The search: a combobox whose list is always open, as WAI-ARIA describes it. */
export default function SearchDialog({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const state = useSearchResults(text);
  const openItem = useOpenItem(text, { onClose, setText });
  const items = state.groups.flatMap(({ items: own }) => own);
  const active = items.length === 0 ? -1 : Math.min(chosen, items.length - 1);
  const listId = useId();
  const optionId = (index: number) => `${listId}-${index}`;
  const openWhenFound = useOpenWhenFound(text, state, () => {
    if (items[0] !== undefined) openItem(items[0], false);
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const item = items[active];
    if (event.key === "Enter" && item !== undefined && !event.nativeEvent.isComposing) {
      event.preventDefault();
      if (state.isOld && active === 0) openWhenFound();
      else openItem(item, event.ctrlKey || event.metaKey);
    }
    const next = steppedTo(event.key, active, items.length);
    if (next === undefined) return;
    event.preventDefault();
    setChosen(next);
    document.getElementById(optionId(next))?.scrollIntoView({ block: "nearest" });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("Search")}
      size="lg"
      yOffset="8vh"
      closeButtonProps={{ "aria-label": t("Close") }}
    >
      <TextInput
        {...FIELD}
        aria-controls={listId}
        {...(active >= 0 && { "aria-activedescendant": optionId(active) })}
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={state.isSearching ? <Loader size="xs" aria-hidden /> : null}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      <Results
        id={listId}
        groups={state.groups}
        active={active}
        optionId={optionId}
        onChoose={openItem}
      />
      <Reach state={state} isEmpty={items.length === 0} />
    </Modal>
  );
}

/** Somebody who types fast means what is found for all of the text: waits for that, unless the text changes meanwhile. */
function useOpenWhenFound(text: string, { isOld }: SearchState, open: () => void): () => void {
  const [entered, setEntered] = useState<string>();
  const openFound = useEffectEvent(() => {
    setEntered(undefined);
    open();
  });
  useEffect(() => {
    if (entered === text && !isOld) openFound();
  }, [entered, text, isOld]);
  return () => setEntered(text);
}

// The entry that an arrow key leads to; the last one is followed by the first.
function steppedTo(key: string, present: number, count: number): number | undefined {
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  return step === undefined || count === 0 ? undefined : (present + step + count) % count;
}

interface OpenOptions {
  onClose: () => void;
  setText: (text: string) => void;
}

function useOpenItem(text: string, { onClose, setText }: OpenOptions) {
  const [, go] = useLocation();
  const session = useSignedIn();
  return ({ id, href, searches }: SearchItem, isNewTab: boolean) => {
    if (searches !== undefined) {
      setText(searches);
      return;
    }
    const isCommand = id.startsWith("command-");
    if (text.trim() !== "" && !isCommand) remember(session, "searches", text.trim());
    if (href !== undefined && isNewTab) {
      window.open(href, "_blank", "noopener");
      return;
    }
    onClose();
    if (href === undefined) window.dispatchEvent(new Event(SHOW_SHORTCUTS));
    else go(href);
  };
}

interface ResultsProps {
  id: string;
  groups: readonly SearchGroup[];
  active: number;
  optionId: (index: number) => string;
  onChoose: (item: SearchItem, isNewTab: boolean) => void;
}

function Results({ id, groups, active, optionId, onChoose }: ResultsProps) {
  const order = groups.flatMap(({ items }) => items);
  return (
    <div id={id} role="listbox" aria-label={t("Results")} className="search-results">
      {groups.map(({ title, items }) => (
        <div key={title} role="group" aria-label={title}>
          <Text size="xs" fw={600} c="dimmed" mt="sm" mb={2} aria-hidden>
            {title}
          </Text>
          {items.map((item) => {
            const index = order.indexOf(item);
            return (
              <div
                key={item.id}
                id={optionId(index)}
                role="option"
                aria-selected={index === active}
                className="search-result"
                onClick={(event) => onChoose(item, event.ctrlKey || event.metaKey)}
              >
                <Result item={item} />
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}

function Result({ item: { label, detail, status, at } }: { item: SearchItem }) {
  return (
    <>
      <Group gap="xs" wrap="nowrap" justify="space-between">
        <Text size="sm" truncate dir="auto" className="number">
          {label}
        </Text>
        <Group gap="xs" wrap="nowrap">
          {status !== undefined && <StatusPill status={status} />}
          {at !== undefined && (
            <Text size="xs">
              <Moment iso={at} format={dayTime} />
            </Text>
          )}
        </Group>
      </Group>
      {detail !== undefined && detail !== "" && (
        <Text size="xs" c="dimmed" truncate dir="auto">
          {detail}
        </Text>
      )}
    </>
  );
}

function Reach({ state: { found, isSearching, error }, isEmpty }: ReachProps) {
  const reach = found === undefined ? "" : reachInWords(found);
  const isNothing =
    found !== undefined &&
    !isSearching &&
    [found.people, found.incidents, found.calls, found.texts].every((group) => group.length === 0);
  return (
    <>
      <ErrorAlert error={error} />
      <Text size="xs" mt="sm" role="status">
        {isSearching && `${t("Searching …")} `}
        {(isNothing || (isEmpty && !isSearching)) && `${t("No call, person or incident found.")} `}
        {!isSearching && reach}
      </Text>
    </>
  );
}

interface ReachProps {
  state: SearchState;
  isEmpty: boolean;
}
