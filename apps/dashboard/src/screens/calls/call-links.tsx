import { Anchor, List, Text } from "@mantine/core";
import { Link } from "wouter";

/** Calls shown as links; the rest as a number. */
const MOST = 5;

/** Links to the first of these calls. */
export function CallLinks({ ids }: { ids: readonly string[] }) {
  if (ids.length === 0) return null;
  const more = ids.length - MOST;
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
      {more > 0 && <Text size="sm">and {more.toLocaleString("en")} more</Text>}
    </>
  );
}
