import { Anchor, List, Text } from "@mantine/core";
import { Link } from "wouter";

import { t } from "../../language/translate.ts";

/** Calls shown as links; the rest as a number. */
const MOST = 5;

interface Props {
  ids: readonly string[];
  /** How many calls there are. @defaultValue as many as ids */
  total?: number;
}

/** Links to the first of these calls. */
export function CallLinks({ ids, total = ids.length }: Props) {
  if (ids.length === 0) return null;
  const more = total - Math.min(MOST, ids.length);
  return (
    <>
      <List size="sm">
        {ids.slice(0, MOST).map((id) => (
          <List.Item key={id}>
            <Anchor component={Link} href={`/calls/${id}`} size="sm" underline="always">
              {id}
            </Anchor>
          </List.Item>
        ))}
      </List>
      {more > 0 && <Text size="sm">{t("and {more, number} more", { more })}</Text>}
    </>
  );
}
