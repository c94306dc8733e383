import { actorText } from "@call-log/model";
import { Anchor, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";

import { api } from "../../api.ts";
import { Moment } from "../../components/moment.tsx";
import { lastChangeOf } from "./last-change.ts";
import { PROJECT } from "./project.ts";

/** Changes of settings that are looked through. */
const MOST_LINES = 100;

/** Who changed the settings of a form last, and when; with a link to all changes. */
export function SettingsHistory({ names }: { names: readonly string[] }) {
  const { data } = useQuery({
    queryKey: [...PROJECT, "history"],
    queryFn: ({ signal }) =>
      api.audit.list.query({ query: { act: "project.update" }, limit: MOST_LINES }, { signal }),
    staleTime: 60_000,
  });
  const line = lastChangeOf(data?.data ?? [], names);
  if (line === undefined) return null;
  return (
    <Text size="xs" c="dimmed">
      Last changed <Moment iso={line.createdAt} hasAge /> by <bdi>{actorText(line.actor)}</bdi>.{" "}
      <Anchor component={Link} href="/audit?act=project.update" size="xs" underline="always">
        All changes
      </Anchor>
    </Text>
  );
}
