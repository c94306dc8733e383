import { NativeSelect } from "@mantine/core";

import { t } from "../../language/translate.ts";
import type { sortOf } from "./calls-filter.ts";
import { COLUMNS } from "./columns.tsx";

interface Props {
  order: ReturnType<typeof sortOf>;
  onSort: (sort: string) => void;
}

/** Menu for the order of the calls, where there are no headings. */
export function SortSelect({ order: { column, direction }, onSort }: Props) {
  const choices = COLUMNS.flatMap(({ sort, label }) =>
    sort === undefined
      ? []
      : [
          {
            value: `-${sort}`,
            label:
              sort === "createdAt"
                ? t("{column}, newest first", { column: label })
                : t("{column}, highest first", { column: label }),
          },
          {
            value: sort,
            label:
              sort === "createdAt"
                ? t("{column}, oldest first", { column: label })
                : t("{column}, lowest first", { column: label }),
          },
        ],
  );
  return (
    <NativeSelect
      aria-label={t("Order")}
      size="xs"
      flex={1}
      miw={150}
      data={choices}
      value={direction === -1 ? `-${column}` : column}
      onChange={(event) => onSort(event.currentTarget.value)}
    />
  );
}
