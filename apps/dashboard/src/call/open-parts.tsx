import {
  OPEN_KINDS,
  type OpenCalls,
  type OpenStatus,
  runningCalls,
  RUNNING_STATUSES,
} from "@call-log/model";
import { Anchor, Text } from "@mantine/core";
import { Link } from "wouter";

import { t } from "../language/translate.ts";
import { callsHref } from "./calls-href.ts";

interface OpenPart {
  name: string;
  statuses: readonly OpenStatus[];
  countOf: (open: OpenCalls) => number;
  words: (count: number) => string;
}

/** What open calls are made of, as people count them; each call is in one part. */
export const OPEN_PARTS: readonly OpenPart[] = [
  {
    name: "waiting",
    statuses: OPEN_KINDS.waiting.statuses,
    countOf: ({ waiting }) => waiting,
    words: (count) => t("{count, plural, one {# waits} other {# wait}}", { count }),
  },
  {
    name: "running",
    statuses: RUNNING_STATUSES,
    countOf: runningCalls,
    words: (count) => t("{count, plural, one {# is running} other {# are running}}", { count }),
  },
  {
    name: "unknown",
    statuses: OPEN_KINDS.unknown.statuses,
    countOf: ({ unknown }) => unknown,
    words: (count) => t("{count, plural, one {# is Unknown} other {# are Unknown}}", { count }),
  },
];

/** How many of the open calls wait, run, and are Unknown, each with the list of them. */
export function OpenParts({ open }: { open: OpenCalls }) {
  return (
    <Text size="sm" className="open-parts">
      {OPEN_PARTS.map(({ name, statuses, countOf, words }, index) => (
        <span key={name}>
          {index > 0 && ", "}
          <Anchor
            component={Link}
            href={callsHref(statuses)}
            size="sm"
            underline="always"
            data-open-part={name}
          >
            {words(countOf(open))}
          </Anchor>
        </span>
      ))}
    </Text>
  );
}
