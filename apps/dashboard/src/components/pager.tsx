import { Button, Group, Text } from "@mantine/core";

import { t } from "../language/translate.ts";

interface Props {
  /** How many rows the whole list has, as a number and in words. */
  count: number;
  words: string;
  /** Cursors of the previous pages and of this one; the first page has none. */
  cursors: readonly string[];
  /** Cursor of the next page. */
  next: string | undefined;
  onTurn: (cursors: readonly string[]) => void;
}

/** Below a list in pages: how long it is, and the way to newer and older rows. Nothing below an empty list, which has a sentence of its own. */
export function Pager({ count, words, cursors, next, onTurn }: Props) {
  if (count === 0 && cursors.length === 0 && next === undefined) return null;
  return (
    <Group className="pager">
      <Text size="sm">{words}</Text>
      <Button
        variant="default"
        size="compact-md"
        disabled={cursors.length === 0}
        onClick={() => onTurn(cursors.slice(0, -1))}
      >
        {t("Newer")}
      </Button>
      <Button
        variant="default"
        size="compact-md"
        disabled={next === undefined}
        onClick={() => next !== undefined && onTurn([...cursors, next])}
      >
        {t("Older")}
      </Button>
    </Group>
  );
}
