import { Anchor, Group, Text } from "@mantine/core";
import { Link } from "wouter";

import { CallMoney } from "../../call/call-money.tsx";
import type { CallLogView } from "../../call/call-view.ts";
import { StatusPill } from "../../call/status-pill.tsx";
import { Moment } from "../../components/moment.tsx";
import { dayTime, laterText } from "../../format/time.ts";

import "./stories.css";
import { storyOf } from "../../words/story-words.ts";

interface Props {
  calls: readonly CallLogView[];
  label: string;
  /** Say how much time passed between two calls, for calls in the order of time. */
  withGaps?: boolean;
}

/** Calls, each as its sentence with the link to it. */
export function StoryList({ calls, label, withGaps = false }: Props) {
  return (
    <ol className="stories" aria-label={label}>
      {calls.map((call, index) => (
        <Story
          key={call._id}
          call={call}
          after={withGaps ? calls[index - 1]?.createdAt : undefined}
        />
      ))}
    </ol>
  );
}

function Story({ call, after }: { call: CallLogView; after: string | null | undefined }) {
  const { _id, createdAt, status } = call;
  const { headline } = storyOf(call);
  return (
    <li data-story={_id}>
      <Group gap="xs" justify="space-between" wrap="nowrap">
        <Group gap="xs">
          {createdAt && (
            <Anchor component={Link} href={`/calls/${_id}`} underline="always">
              <Moment iso={createdAt} format={dayTime} />
            </Anchor>
          )}
          {createdAt && after && (
            <Text span size="xs" c="dimmed" className="number">
              {laterText(after, createdAt)}
            </Text>
          )}
          <StatusPill status={status ?? ""} />
        </Group>
        <CallMoney call={call} />
      </Group>
      <Text style={{ overflowWrap: "anywhere" }}>{headline}</Text>
    </li>
  );
}
